package io.sluice.watcher.inotifytools;

import java.util.List;
import java.util.Optional;

/** Reads a command line of either command, and takes the options that both have. */
final class CommonOptions {
    private final String program;
    private final SelectionOptions selection = new SelectionOptions();
    private Backend backend;
    private int events;
    private long timeoutSeconds;
    private boolean recursive;
    private boolean noDereference;
    private boolean help;
    private List<String> operands = List.of();

    /** @param program its name, as it was called */
    CommonOptions(String program) {
        this.program = program;
        this.backend = Backend.of(program);
    }

    /** Takes the options of one command. */
    @FunctionalInterface
    interface Own {
        /** Takes an option that is in the list and that not both commands have. */
        void take(String name, String value) throws CommandLineException;
    }

    /**
     * Reads the words after the command's name.
     *
     * @param options all that there are, in the order in which they are told when a shortened name fits several
     * @return false if help is all that is wanted
     */
    boolean read(List<ToolOption> options, List<String> words, Own own) throws CommandLineException {
        OptionScanner scanner = new OptionScanner(program, options, words);
        for (var given = scanner.next(); given.isPresent() && !help; given = scanner.next()) {
            String name = given.get().option().name();
            String value = given.get().value();
            if (!take(name, value) && !selection.take(name, value)) {
                own.take(name, value);
            }
        }
        if (help) {
            return false;
        }
        Optional<String> error = scanner.error();
        if (error.isPresent()) {
            throw new CommandLineException(error.get());
        }
        operands = scanner.operands();
        return true;
    }

    private boolean take(String name, String value) throws CommandLineException {
        switch (name) {
            case "help" -> help = true;
            case "event" -> events |= EventOption.read(value);
            case "timeout" -> timeoutSeconds = Seconds.read(value);
            case "recursive" -> recursive = true;
            case "inotify" -> backend = Backend.INOTIFY;
            case "fanotify" -> backend = backend == Backend.FILE_SYSTEM ? backend : Backend.FANOTIFY;
            case "filesystem" -> backend = Backend.FILE_SYSTEM;
            case "no-dereference" -> noDereference = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Refuses what does not go together. */
    void check() throws CommandLineException {
        selection.check();
    }

    /** The events that are asked for: all if none is. */
    int events() {
        return events == 0 ? EventNames.ALL : events;
    }

    /** What to say of options that are given again; empty if nothing. */
    String warnings() {
        return selection.warnings();
    }

    CommonSettings settings() throws CommandLineException {
        return new CommonSettings(
                backend,
                events(),
                timeoutSeconds,
                recursive,
                noDereference,
                selection.selection(),
                selection.fromFile(),
                operands);
    }
}
