package io.sluice.client.command;

import io.sluice.client.command.Option.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All options of rsync 3.5.0's client, as data: those that Sluice has with what they set, the others so that they can be refused by name; and Sluice's
 * own. rsync's parser knows no abbreviations, so neither does this table. Switching off what Sluice does not have is allowed.
 */
final class OptionTable {
    /** {@code name letter setting value}, separated by commas; a name or letter of {@code .} is absent. */
    private static final String SWITCHES = """
            no-verbose . VERBOSE 0, no-v . VERBOSE 0, motd . MOTD 1, no-motd . MOTD 0, stats . STATS 1,
            no-human-readable . HUMAN 0, no-h . HUMAN 0, dry-run n DRY_RUN 1, recursive r RECURSE 2,
            no-recursive . RECURSE 0, no-r . RECURSE 0, inc-recursive . INC_RECURSIVE 1,
            no-inc-recursive . INC_RECURSIVE 0, i-r . INC_RECURSIVE 1, no-i-r . INC_RECURSIVE 0,
            dirs d DIRECTORIES 2, no-dirs . DIRECTORIES 0, no-d . DIRECTORIES 0, old-dirs . DIRECTORIES 4,
            old-d . DIRECTORIES 4, perms p PERMISSIONS 1, no-perms . PERMISSIONS 0, no-p . PERMISSIONS 0,
            executability E EXECUTABILITY 1, times t TIMES 1, no-times . TIMES 0, no-t . TIMES 0,
            omit-dir-times O OMIT_DIR_TIMES 1, no-omit-dir-times . OMIT_DIR_TIMES 0, no-O . OMIT_DIR_TIMES 0,
            omit-link-times J OMIT_LINK_TIMES 1, no-omit-link-times . OMIT_LINK_TIMES 0,
            no-J . OMIT_LINK_TIMES 0, owner o OWNER 1, no-owner . OWNER 0, no-o . OWNER 0, group g GROUP 1,
            no-group . GROUP 0, no-g . GROUP 0, devices . DEVICES 1, no-devices . DEVICES 0,
            specials . SPECIALS 1, no-specials . SPECIALS 0, links l LINKS 1, no-links . LINKS 0,
            no-l . LINKS 0, relative R RELATIVE 1, no-relative . RELATIVE 0, no-R . RELATIVE 0,
            implied-dirs . IMPLIED_DIRS 1, no-implied-dirs . IMPLIED_DIRS 0, i-d . IMPLIED_DIRS 1,
            no-i-d . IMPLIED_DIRS 0, ignore-times I IGNORE_TIMES 1, size-only . SIZE_ONLY 1,
            no-one-file-system . ONE_FILE_SYSTEM 0, no-x . ONE_FILE_SYSTEM 0, update u UPDATE 1,
            existing . EXISTING 1, ignore-non-existing . EXISTING 1, ignore-existing . IGNORE_EXISTING 1,
            sparse S SPARSE 1, no-sparse . SPARSE 0, no-S . SPARSE 0, inplace . INPLACE 1,
            no-inplace . INPLACE 0, del . DELETE_DURING 1, delete . DELETE 1, delete-before . DELETE_BEFORE 1,
            delete-during . DELETE_DURING 1, delete-delay . DELETE_DURING 2, delete-after . DELETE_AFTER 1,
            delete-excluded . DELETE_EXCLUDED 1, force . FORCE 1, no-force . FORCE 0,
            ignore-errors . IGNORE_ERRORS 1, no-ignore-errors . IGNORE_ERRORS 0, whole-file W WHOLE_FILE 1,
            no-whole-file . WHOLE_FILE 0, no-W . WHOLE_FILE 0, checksum c CHECKSUM 1, no-checksum . CHECKSUM 0,
            no-c . CHECKSUM 0, progress . PROGRESS 1, no-progress . PROGRESS 0, partial . PARTIAL 1,
            no-partial . PARTIAL 0, delay-updates . DELAY_UPDATES 1, no-delay-updates . DELAY_UPDATES 0,
            prune-empty-dirs m PRUNE 1, no-prune-empty-dirs . PRUNE 0, no-m . PRUNE 0,
            no-itemize-changes . ITEMIZE 0, no-i . ITEMIZE 0, list-only . LIST_ONLY 1, from0 0 FROM0 1,
            no-from0 . FROM0 0, secluded-args s SECLUDED 1, no-secluded-args . SECLUDED 0,
            protect-args . SECLUDED 1, no-protect-args . SECLUDED 0, no-s . SECLUDED 0,
            numeric-ids . NUMERIC_IDS 1, no-numeric-ids . NUMERIC_IDS 0, no-timeout . TIMEOUT 0,
            no-contimeout . CONNECT_TIMEOUT 0, fsync . FSYNC 1, ipv4 4 FAMILY 4, ipv6 6 FAMILY 6,
            8-bit-output 8 EIGHT_BIT 1, no-8-bit-output . EIGHT_BIT 0, no-8 . EIGHT_BIT 0,
            msgs2stderr . STDERR_ALL 1, no-msgs2stderr . STDERR_ALL 0, help . HELP 1,
            no-old-args . OLD_ARGS 0, no-acls . ACLS 0, no-A . ACLS 0, no-xattrs . XATTRS 0,
            no-X . XATTRS 0, no-atimes . ATIMES 0, no-U . ATIMES 0, open-noatime . OPEN_NOATIME 1,
            no-open-noatime . OPEN_NOATIME 0, no-crtimes . NOTHING 0, no-N . NOTHING 0, super . SUPER 2,
            no-super . SUPER 0, fake-super . SUPER -1, copy-devices . COPY_DEVICES 1,
            write-devices . WRITE_DEVICES 1, no-write-devices . WRITE_DEVICES 0, drop-D . DROP_DEVICES 1,
            no-drop-D . DROP_DEVICES 0, copy-links L COPY_LINKS 1, copy-unsafe-links . COPY_UNSAFE_LINKS 1,
            safe-links . SAFE_LINKS 1, insecure-links . INSECURE_LINKS 1, no-insecure-links . INSECURE_LINKS 0,
            munge-links . MUNGE_LINKS 1, no-munge-links . MUNGE_LINKS 0, copy-dirlinks k COPY_DIRLINKS 1,
            keep-dirlinks K KEEP_DIRLINKS 1, no-hard-links . HARD_LINKS 0, no-H . HARD_LINKS 0,
            preallocate . PREALLOCATE 1, append . APPEND 1, append-verify . APPEND 2, no-append . APPEND 0,
            remove-sent-files . REMOVE_SOURCE 1, remove-source-files . REMOVE_SOURCE 1,
            cvs-exclude C CVS_EXCLUDE 1, no-fuzzy . FUZZY 0, no-y . FUZZY 0, backup b BACKUP 1,
            no-backup . BACKUP 0, trust-sender . TRUST_SENDER 1, mkpath . MKPATH 1, no-mkpath . MKPATH 0,
            qsort . NOTHING 0, tls . TLS 1, no-tls . TLS 0, blocking-io . BLOCKING_IO 1, no-blocking-io . BLOCKING_IO 0""";

    private static final String BITS = """
            ignore-missing-args . MISSING_ARGS 1, delete-missing-args . MISSING_ARGS 2""";

    private static final String COUNTS = """
            verbose v VERBOSE, quiet q QUIET, human-readable h HUMAN, itemize-changes i ITEMIZE,
            one-file-system x ONE_FILE_SYSTEM, compress z COMPRESS, hard-links H HARD_LINKS, xattrs X XATTRS,
            atimes U ATIMES, fuzzy y FUZZY, old-args . OLD_ARGS, version V VERSION""";

    private static final String NUMBERS = """
            modify-window @ MODIFY_WINDOW, max-delete . MAX_DELETE, compress-level . COMPRESS_LEVEL,
            zl . COMPRESS_LEVEL, timeout . TIMEOUT, contimeout . CONNECT_TIMEOUT, port . PORT,
            protocol . PROTOCOL, checksum-seed . CHECKSUM_SEED, compress-threads . COMPRESS_THREADS,
            zt . COMPRESS_THREADS""";

    private static final String TEXTS = """
            checksum-choice . CHECKSUM_CHOICE, cc . CHECKSUM_CHOICE, compress-choice . COMPRESS_CHOICE,
            zc . COMPRESS_CHOICE, log-file . LOG_FILE, log-file-format . LOG_FILE_FORMAT,
            out-format . OUT_FORMAT, log-format . OUT_FORMAT, files-from . FILES_FROM, rsh e RSH,
            rsync-path . RSYNC_PATH, address . ADDRESS, password-file . PASSWORD_FILE, outbuf . OUTBUF,
            confine-root . CONFINE_ROOT, skip-compress . SKIP_COMPRESS, partial-dir . PARTIAL_DIR,
            backup-dir . BACKUP_DIR, suffix . SUFFIX, temp-dir T TEMP_DIR, copy-as . COPY_AS,
            sockopts . SOCKET_OPTIONS, early-input . EARLY_INPUT, read-batch . READ_BATCH,
            tls-ca . TLS_CA, tls-cert . TLS_CERT, tls-key . TLS_KEY, write-batch . WRITE_BATCH, only-write-batch . ONLY_WRITE_BATCH, iconv . ICONV""";

    private static final String ACTIONS = """
            archive a, . D, no-D ., . F, . P, old-compress ., new-compress ., no-compress ., no-z .,
            no-bwlimit ., acls A, no-iconv .""";

    private static final String ACTION_TEXTS = """
            info ., debug ., stderr ., chmod ., max-size ., min-size ., block-size B, bwlimit ., filter f,
            exclude ., include ., exclude-from ., include-from ., compare-dest ., copy-dest ., link-dest .,
            usermap ., groupmap ., chown ., stop-after ., time-limit ., stop-at ., max-alloc .,
            remote-option M""";

    private static final String UNAVAILABLE = """
            crtimes N, sender .""";

    /** What rsync does not have. */
    private static final String OWN_SWITCHES = """
            json . JSON 1, no-json . JSON 0, no-connections . CONNECTIONS 0, detect-renamed . DETECT_RENAMED 1,
            no-detect-renamed . DETECT_RENAMED 0""";

    private static final String OWN_NUMBERS = "connections . CONNECTIONS";

    /** What makes the whole command line one of a daemon, which has options of its own. */
    private static final String DAEMON = "daemon ., config ., dparam ., detach ., no-detach .";

    private final Map<String, Option> byName = new HashMap<>(512);
    private final @Nullable Option[] byLetter = new Option[128];

    OptionTable() {
        addAll(SWITCHES, Kind.SET);
        addAll(OWN_SWITCHES, Kind.SET);
        addAll(BITS, Kind.BIT);
        addAll(COUNTS, Kind.COUNT);
        addAll(NUMBERS, Kind.NUMBER);
        addAll(OWN_NUMBERS, Kind.NUMBER);
        addAll(TEXTS, Kind.TEXT);
        addAll(ACTIONS, Kind.ACTION);
        addAll(ACTION_TEXTS, Kind.ACTION_TEXT);
        addAll(UNAVAILABLE, Kind.UNAVAILABLE);
        addAll(DAEMON, Kind.DAEMON);
    }

    @Nullable
    Option byName(String name) {
        return byName.get(name);
    }

    @Nullable
    Option byLetter(char letter) {
        return letter < byLetter.length ? byLetter[letter] : null;
    }

    /** Returns all options that have a name. */
    Iterable<Option> named() {
        return byName.values();
    }

    private void addAll(String lines, Kind kind) {
        for (String line : lines.split(",\\s+", -1)) {
            String[] words = line.split(" ", -1);
            String name = words[0].equals(".") ? "" : words[0];
            char letter = words[1].equals(".") ? 0 : words[1].charAt(0);
            Setting setting = words.length > 2 ? Setting.valueOf(words[2]) : Setting.NOTHING;
            int value = words.length > 3 ? Integer.parseInt(words[3]) : 0;
            add(new Option(name, letter, kind, setting, value));
        }
    }

    private void add(Option option) {
        if (!option.name().isEmpty()) {
            byName.put(option.name(), option);
        }
        if (option.letter() != 0) {
            byLetter[option.letter()] = option;
        }
    }
}
