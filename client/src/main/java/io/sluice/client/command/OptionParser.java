package io.sluice.client.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rsync's command line with popt's habits: options and operands in any order, {@code --} ends the options, {@code -} is an operand, letters in
 * one bundle ({@code -avz}), an argument in the same word ({@code -essh}, {@code -e=ssh}, {@code --rsh=ssh}) or in the next. Words have one character
 * per byte.
 */
final class OptionParser {
    private final OptionTable table;
    private final List<String> words;
    private final OptionValues values = new OptionValues();
    private final List<String> operands = new ArrayList<>();
    private int next;
    private boolean daemon;

    private OptionParser(OptionTable table, List<String> words) {
        this.table = table;
        this.words = words;
    }

    /** What was read. */
    record Parsed(OptionValues values, List<String> operands) {}

    /** Parses {@code words}, which have no program name. */
    static Parsed parse(OptionTable table, List<String> words) throws UsageException {
        OptionParser parser = new OptionParser(table, words);
        parser.run();
        return new Parsed(parser.values, parser.operands);
    }

    /** Whether an option comes up, before anything that makes no sense, that only a daemon has. */
    static boolean isDaemon(OptionTable table, List<String> words) {
        OptionParser parser = new OptionParser(table, words);
        try {
            parser.run();
        } catch (UsageException e) {
            return false;
        }
        return parser.daemon;
    }

    private void run() throws UsageException {
        while (next < words.size() && !daemon) {
            String word = words.get(next++);
            if (word.equals("--")) {
                operands.addAll(words.subList(next, words.size()));
                return;
            }
            if (word.startsWith("--")) {
                longOption(word);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                letters(word);
            } else {
                operands.add(word);
            }
        }
    }

    private void longOption(String word) throws UsageException {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        Option option = known(table.byName(name), word);
        if (option.kind() == Option.Kind.DAEMON) {
            daemon = true;
            return;
        }
        boolean takesArgument = option.kind().takesArgument();
        if (equals >= 0 && !takesArgument) {
            throw new UsageException("rsync: " + word + ": option does not take an argument");
        }
        if (!takesArgument) {
            values.apply(option, word, "");
        } else if (equals >= 0) {
            values.apply(option, word, word.substring(equals + 1));
        } else {
            applyWithNext(option, word);
        }
    }

    private void letters(String word) throws UsageException {
        int at = 1;
        while (at < word.length()) {
            Option option = known(table.byLetter(word.charAt(at++)), word);
            if (!option.kind().takesArgument()) {
                if (at < word.length() && word.charAt(at) == '=') {
                    throw new UsageException("rsync: " + word + ": option does not take an argument");
                }
                values.apply(option, word, "");
            } else if (at < word.length()) {
                values.apply(option, word, word.substring(word.charAt(at) == '=' ? at + 1 : at));
                return;
            } else {
                applyWithNext(option, word);
            }
        }
    }

    private void applyWithNext(Option option, String word) throws UsageException {
        if (next >= words.size()) {
            throw new UsageException("rsync: " + word + ": missing argument");
        }
        String argument = words.get(next++);
        values.apply(option, option.kind() == Option.Kind.NUMBER ? argument : word, argument);
    }

    private static Option known(@Nullable Option option, String word) throws UsageException {
        if (option == null) {
            throw new UsageException("rsync: " + word + ": unknown option");
        }
        return option;
    }
}
