package io.sluice.watcher.inotifytools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as getopt_long(3) of the GNU C library does: options and operands in any order, {@code --} ends the
 * options, letters in one bundle, a value in the same word or in the next, names shortened as long as one fits only, and
 * its texts for what makes no sense.
 */
final class OptionScanner {
    private final String program;
    private final List<ToolOption> options;
    private final List<String> words;
    private final List<String> operands = new ArrayList<>();
    private int next;
    /** What is left of a bundle of letters. */
    private String bundle = "";

    private @Nullable String error;

    OptionScanner(String program, List<ToolOption> options, List<String> words) {
        this.program = program;
        this.options = options;
        this.words = words;
    }

    /**
     * An option that was given.
     *
     * @param value empty if it takes none
     */
    record Given(ToolOption option, String value) {}

    /** The next option; empty at the end, or if {@link #error} says something. */
    Optional<Given> next() {
        if (!bundle.isEmpty()) {
            return letter();
        }
        while (next < words.size()) {
            String word = words.get(next++);
            if (word.equals("--")) {
                operands.addAll(words.subList(next, words.size()));
                next = words.size();
            } else if (word.startsWith("--")) {
                return named(word.substring(2));
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                bundle = word.substring(1);
                return letter();
            } else {
                operands.add(word);
            }
        }
        return Optional.empty();
    }

    /** What made no sense. */
    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** What is no option; complete when there are no more of those. */
    List<String> operands() {
        return List.copyOf(operands);
    }

    private Optional<Given> fail(String what) {
        error = program + ": " + what;
        return Optional.empty();
    }

    private Optional<Given> letter() {
        char letter = bundle.charAt(0);
        bundle = bundle.substring(1);
        for (ToolOption option : options) {
            if (option.letter() == letter && letter != '\0') {
                if (!option.takesValue()) {
                    return Optional.of(new Given(option, ""));
                }
                String value = bundle;
                bundle = "";
                if (!value.isEmpty()) {
                    return Optional.of(new Given(option, value));
                }
                return nextWord(option, "option requires an argument -- '" + letter + "'");
            }
        }
        return fail("invalid option -- '" + letter + "'");
    }

    private Optional<Given> nextWord(ToolOption option, String ifNone) {
        return next < words.size() ? Optional.of(new Given(option, words.get(next++))) : fail(ifNone);
    }

    private Optional<Given> named(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        List<ToolOption> fitting = fitting(name);
        if (fitting.isEmpty()) {
            return fail("unrecognized option '--" + word + "'");
        }
        if (fitting.size() > 1) {
            StringBuilder all = new StringBuilder();
            fitting.forEach(option -> all.append(" '--").append(option.name()).append('\''));
            return fail("option '--" + word + "' is ambiguous; possibilities:" + all);
        }
        ToolOption option = fitting.getFirst();
        if (equals >= 0) {
            return option.takesValue()
                    ? Optional.of(new Given(option, word.substring(equals + 1)))
                    : fail("option '--" + option.name() + "' doesn't allow an argument");
        }
        return option.takesValue()
                ? nextWord(option, "option '--" + option.name() + "' requires an argument")
                : Optional.of(new Given(option, ""));
    }

    private List<ToolOption> fitting(String name) {
        List<ToolOption> fitting = new ArrayList<>();
        for (ToolOption option : options) {
            if (option.name().equals(name)) {
                return List.of(option);
            }
            if (option.name().startsWith(name)) {
                fitting.add(option);
            }
        }
        return fitting;
    }
}
