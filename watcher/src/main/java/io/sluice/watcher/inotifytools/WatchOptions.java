package io.sluice.watcher.inotifytools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a command line of {@code inotifywatch}. */
final class WatchOptions {
    private static final List<ToolOption> OPTIONS = options();

    private final CommonOptions common;
    private boolean verbose;
    private boolean zero;
    private boolean ascendingGiven;
    private RowOrder order = RowOrder.DEFAULT;

    private WatchOptions(String program) {
        common = new CommonOptions(program);
    }

    private static List<ToolOption> options() {
        List<ToolOption> options = new ArrayList<>(List.of(
                ToolOption.flag('h', "help"),
                ToolOption.value('e', "event"),
                ToolOption.value('t', "timeout"),
                ToolOption.flag('v', "verbose"),
                ToolOption.flag('z', "zero"),
                ToolOption.value('a', "ascending"),
                ToolOption.value('d', "descending"),
                ToolOption.flag('r', "recursive"),
                ToolOption.flag('I', "inotify"),
                ToolOption.flag('F', "fanotify"),
                ToolOption.flag('S', "filesystem"),
                ToolOption.flag('P', "no-dereference")));
        options.addAll(SelectionOptions.OPTIONS);
        return List.copyOf(options);
    }

    /**
     * Reads the words after the command's name.
     *
     * @return empty if help is all that is wanted
     */
    static Optional<WatchSettings> read(String program, List<String> words) throws CommandLineException {
        WatchOptions read = new WatchOptions(program);
        if (!read.common.read(OPTIONS, words, read::take)) {
            return Optional.empty();
        }
        read.check();
        return Optional.of(new WatchSettings(read.common.settings(), read.verbose, read.zero, read.order));
    }

    private void take(String name, String value) throws CommandLineException {
        switch (name) {
            case "verbose" -> verbose = true;
            case "zero" -> zero = true;
            case "ascending", "descending" -> sort(name.equals("ascending"), value);
            default -> throw new IllegalStateException(name);
        }
    }

    /** Of several orders that descend the last one counts. */
    private void sort(boolean ascending, String key) throws CommandLineException {
        if (ascendingGiven) {
            throw new CommandLineException("Please specify -a or -d once only!");
        }
        ascendingGiven = ascending;
        order = new RowOrder(sortKey(key), ascending);
    }

    private static int sortKey(String key) throws CommandLineException {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "total" -> 0;
            case "move" ->
                throw new CommandLineException("Cannot sort by `move' event; please use `moved_from' or `moved_to'.");
            case "close" ->
                throw new CommandLineException(
                        "Cannot sort by `close' event; please use `close_write' or `close_nowrite'.");
            default -> {
                OptionalInt event = EventNames.mask(key);
                if (event.isEmpty() || !EventCounts.hasColumn(event.getAsInt())) {
                    throw new CommandLineException("'" + key + "' is not a valid key for sorting!");
                }
                yield event.getAsInt();
            }
        };
    }

    private void check() throws CommandLineException {
        if (order.event() != 0 && (order.event() & common.events()) == 0) {
            throw new CommandLineException("Can't sort by an event which isn't being watched for!");
        }
        common.check();
    }
}
