package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.WildMatch;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a module's {@code refuse options} forbids (rsyncd.conf(5)): patterns of long names or letters, in order, where {@code !} allows
 * again. Refusing an option also refuses what implies it.
 */
final class RefusedOptions {
    /** A wildcard never refuses these: a client needs them to talk at all, or they do no harm. */
    private static final Set<String> EXACT_ONLY = Set.of(
            "rsh",
            "from0",
            "secluded-args",
            "dry-run",
            "iconv",
            "no-iconv",
            "checksum-seed",
            "copy-devices",
            "write-devices",
            "log-format",
            "sender",
            "server");

    private static final String ARCHIVE = "[ardlptgoD]";

    private final Set<OptionName> refused = new HashSet<>();
    private final List<String> unmatched = new ArrayList<>();

    RefusedOptions(List<String> patterns) {
        for (String pattern : patterns) {
            boolean negated = pattern.length() > 1 && pattern.startsWith("!");
            apply(negated ? pattern.substring(1) : pattern, !negated);
        }
    }

    /** Patterns that no option has, without their {@code !}. */
    List<String> unmatched() {
        return List.copyOf(unmatched);
    }

    /** Fails if this spelling of an option is refused. */
    void check(OptionName option) throws TransferException {
        if (refused.contains(option)) {
            throw refusal(option);
        }
    }

    /** Fails if what {@code draft} implies is refused. A deletion without a time takes the time that is not refused. */
    void checkImplied(OptionDraft draft) throws TransferException {
        if (draft.iconv.isEmpty()) {
            checkName("no-iconv");
        }
        if (new DraftRecords(draft).algorithms().compresses()) {
            checkName("compress");
        }
        boolean timed = draft.deleteBefore || draft.deleteAfter || draft.deleteDuring != Mode.NONE;
        boolean plain = !timed && (draft.delete || draft.deleteExcluded);
        if (plain && refuses("delete-before")) {
            if (refuses("delete-during")) {
                checkName("delete-before");
            }
            draft.deleteDuring = Mode.DURING;
        } else if (plain && refuses("delete-during")) {
            draft.deleteBefore = true;
        }
        if (timed || plain || draft.missingArgs == MissingArgs.DELETE) {
            checkName("delete");
        }
        if (draft.append != PlacementOptions.Append.NO || draft.writeDevices) {
            checkName("inplace");
        }
        if (draft.inplace) {
            checkName("partial");
        }
    }

    private boolean refuses(String name) {
        return OptionNames.ofName(name).filter(refused::contains).isPresent();
    }

    private void checkName(String name) throws TransferException {
        if (refuses(name)) {
            throw refusal(OptionNames.ofName(name).orElseThrow());
        }
    }

    /** Fails if a part of {@code -a} is refused. */
    void checkArchive() throws TransferException {
        for (char letter : "dlptgorD".toCharArray()) {
            check(OptionNames.ofLetter(letter).orElseThrow());
        }
    }

    private void apply(String given, boolean refuse) {
        String pattern = given.equals("a") || given.equals("archive") ? ARCHIVE : given;
        boolean wild = pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
        byte[] bytes = pattern.getBytes(StandardCharsets.ISO_8859_1);
        boolean found = false;
        for (OptionName option : OptionNames.all()) {
            if (!matches(bytes, option)) {
                continue;
            }
            found = true;
            if (!wild) {
                applyToSpellings(option, refuse);
                return;
            }
            if (!EXACT_ONLY.contains(option.name())) {
                set(option, refuse);
            }
        }
        if (!found) {
            unmatched.add(given);
        }
    }

    private void applyToSpellings(OptionName named, boolean refuse) {
        for (OptionName option : OptionNames.all()) {
            if (option.canonical().equals(named.canonical())) {
                set(option, refuse);
            }
        }
    }

    private void set(OptionName option, boolean refuse) {
        if (refuse) {
            refused.add(option);
        } else {
            refused.remove(option);
        }
    }

    private static boolean matches(byte[] pattern, OptionName option) {
        byte[] name = option.name().getBytes(StandardCharsets.ISO_8859_1);
        byte[] letter = {(byte) option.letter()};
        return (name.length > 0 && WildMatch.matches(pattern, name))
                || (option.letter() != 0 && WildMatch.matches(pattern, letter));
    }

    private static TransferException refusal(OptionName option) {
        return new TransferException(ExitCode.UNSUPPORTED, "The server is configured to refuse " + option.display());
    }
}
