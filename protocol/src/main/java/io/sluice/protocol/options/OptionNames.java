package io.sluice.protocol.options;

import io.sluice.protocol.options.OptionName.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** All option names that a server of rsync 3.5.0 understands, whether this engine can do what they ask for or not. */
final class OptionNames {
    /**
     * Spellings of one option are joined by {@code |}, the first being the canonical one; {@code :x} adds a letter, {@code =} a text and
     * {@code #} a number that follows. A name that is only a letter stands alone.
     */
    private static final String TABLE = """
            server sender verbose:v no-verbose|no-v info= debug= stderr= msgs2stderr no-msgs2stderr quiet:q motd no-motd
            stats human-readable:h no-human-readable|no-h dry-run:n archive:a recursive:r no-recursive|no-r
            inc-recursive|i-r no-inc-recursive|no-i-r dirs:d no-dirs|no-d old-dirs|old-d perms:p no-perms|no-p
            executability:E acls:A no-acls|no-A xattrs:X no-xattrs|no-X times:t no-times|no-t atimes:U no-atimes|no-U
            open-noatime no-open-noatime crtimes:N no-crtimes|no-N omit-dir-times:O no-omit-dir-times|no-O
            omit-link-times:J no-omit-link-times|no-J modify-window:@# super no-super fake-super owner:o no-owner|no-o
            group:g no-group|no-g D no-D devices no-devices copy-devices write-devices no-write-devices specials
            no-specials drop-D no-drop-D confine-root= links:l no-links|no-l copy-links:L copy-unsafe-links safe-links
            insecure-links no-insecure-links munge-links no-munge-links copy-dirlinks:k keep-dirlinks:K hard-links:H
            no-hard-links|no-H relative:R no-relative|no-R implied-dirs|i-d no-implied-dirs|no-i-d chmod= ignore-times:I
            size-only one-file-system:x no-one-file-system|no-x update:u existing|ignore-non-existing ignore-existing
            max-size= min-size= max-alloc= sparse:S no-sparse|no-S preallocate inplace no-inplace append append-verify
            no-append delete-during|del delete delete-before delete-delay delete-after delete-excluded
            delete-missing-args ignore-missing-args remove-sent-files remove-source-files force no-force ignore-errors
            no-ignore-errors max-delete# F filter:f= exclude= include= exclude-from= include-from= cvs-exclude:C
            whole-file:W no-whole-file|no-W checksum:c no-checksum|no-c checksum-choice|cc= block-size:B= compare-dest=
            copy-dest= link-dest= fuzzy:y no-fuzzy|no-y detect-renamed no-detect-renamed compress:z old-compress new-compress no-compress|no-z
            compress-choice|zc= skip-compress= compress-level|zl# compress-threads|zt# P progress no-progress partial
            no-partial partial-dir= delay-updates no-delay-updates prune-empty-dirs:m no-prune-empty-dirs|no-m log-file=
            log-file-format= out-format|log-format= itemize-changes:i no-itemize-changes|no-i bwlimit= no-bwlimit
            backup:b no-backup backup-dir= suffix= list-only read-batch= write-batch= only-write-batch= files-from=
            from0:0 no-from0 old-args no-old-args secluded-args:s|protect-args no-secluded-args|no-protect-args|no-s
            trust-sender numeric-ids no-numeric-ids usermap= groupmap= chown= timeout# no-timeout contimeout#
            no-contimeout fsync stop-after|time-limit= stop-at= rsh:e= rsync-path= temp-dir:T= iconv= no-iconv ipv4:4
            ipv6:6 8-bit-output:8 no-8-bit-output|no-8 mkpath no-mkpath qsort copy-as= address= port# sockopts=
            password-file= early-input= blocking-io no-blocking-io outbuf= remote-option:M= protocol# checksum-seed#
            """;

    private static final List<OptionName> ALL = new ArrayList<>();
    private static final Map<String, OptionName> BY_NAME = new HashMap<>();
    private static final Map<Character, OptionName> BY_LETTER = new HashMap<>();

    static {
        StringTokenizer groups = new StringTokenizer(TABLE);
        while (groups.hasMoreTokens()) {
            addGroup(groups.nextToken());
        }
    }

    private OptionNames() {}

    static List<OptionName> all() {
        return ALL;
    }

    static Optional<OptionName> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<OptionName> ofLetter(char letter) {
        return Optional.ofNullable(BY_LETTER.get(letter));
    }

    private static void addGroup(String group) {
        Argument argument = switch (group.charAt(group.length() - 1)) {
            case '=' -> Argument.TEXT;
            case '#' -> Argument.NUMBER;
            default -> Argument.NONE;
        };
        String canonical = "";
        StringTokenizer spellings =
                new StringTokenizer(argument == Argument.NONE ? group : group.substring(0, group.length() - 1), "|");
        while (spellings.hasMoreTokens()) {
            String spelling = spellings.nextToken();
            int colon = spelling.indexOf(':');
            boolean letterOnly = spelling.length() == 1;
            String name = letterOnly ? "" : colon < 0 ? spelling : spelling.substring(0, colon);
            char letter = letterOnly ? spelling.charAt(0) : colon < 0 ? 0 : spelling.charAt(colon + 1);
            canonical = canonical.isEmpty() ? (letterOnly ? spelling : name) : canonical;
            add(new OptionName(name, letter, argument, canonical));
        }
    }

    private static void add(OptionName option) {
        ALL.add(option);
        if (!option.name().isEmpty()) {
            BY_NAME.put(option.name(), option);
        }
        if (option.letter() != 0) {
            BY_LETTER.put(option.letter(), option);
        }
    }
}
