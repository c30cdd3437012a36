package io.sluice.watcher.inotifytools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a command line of {@code inotifywait}. */
final class WaitOptions {
    private static final String FILENAME = """
        The '--filename' option no longer exists.  The option it enabled in earlier
        versions of inotifywait is now turned on by default.\
        """;

    private static final List<ToolOption> OPTIONS = options();

    private final CommonOptions common;
    private int quiet;
    private boolean monitor;
    private boolean csv;
    private boolean json;
    private boolean syslog;
    private boolean background;
    private boolean noNewline;
    private @Nullable String format;
    private @Nullable String timeFormat;
    private @Nullable String outFile;

    private WaitOptions(String program) {
        common = new CommonOptions(program);
    }

    private static List<ToolOption> options() {
        List<ToolOption> options = new ArrayList<>(List.of(
                ToolOption.flag('h', "help"),
                ToolOption.value('e', "event"),
                ToolOption.flag('m', "monitor"),
                ToolOption.flag('q', "quiet"),
                ToolOption.value('t', "timeout"),
                ToolOption.flag('f', "filename"),
                ToolOption.flag('r', "recursive"),
                ToolOption.flag('I', "inotify"),
                ToolOption.flag('F', "fanotify"),
                ToolOption.flag('S', "filesystem"),
                ToolOption.flag('c', "csv"),
                ToolOption.flag("json"),
                ToolOption.flag('d', "daemon"),
                ToolOption.flag('s', "syslog"),
                ToolOption.flag('P', "no-dereference"),
                ToolOption.value("format"),
                ToolOption.flag("no-newline"),
                ToolOption.value("timefmt")));
        options.addAll(SelectionOptions.OPTIONS);
        options.add(ToolOption.value('o', "outfile"));
        return List.copyOf(options);
    }

    /**
     * Reads the words after the command's name.
     *
     * @return empty if help is all that is wanted
     */
    static Optional<WaitSettings> read(String program, List<String> words) throws CommandLineException {
        WaitOptions read = new WaitOptions(program);
        if (!read.common.read(OPTIONS, words, read::take)) {
            return Optional.empty();
        }
        read.check();
        return Optional.of(read.settings());
    }

    private void take(String name, String value) throws CommandLineException {
        switch (name) {
            case "monitor" -> monitor = true;
            case "quiet" -> quiet++;
            case "filename" -> throw new CommandLineException(FILENAME);
            case "csv" -> csv = true;
            case "json" -> json = true;
            case "daemon" -> {
                background = true;
                monitor = true;
                syslog = true;
            }
            case "syslog" -> syslog = true;
            case "format" -> format = value;
            case "no-newline" -> noNewline = true;
            case "timefmt" -> timeFormat = value;
            case "outfile" -> {
                if (outFile != null) {
                    throw new CommandLineException("Multiple --outfile options given.");
                }
                outFile = value;
            }
            default -> throw new IllegalStateException(name);
        }
    }

    private void check() throws CommandLineException {
        common.check();
        if (format != null && csv) {
            throw new CommandLineException("-c and --format cannot both be specified.");
        }
        if (json && (csv || format != null)) {
            throw new CommandLineException("--json and " + (csv ? "-c" : "--format") + " cannot both be specified.");
        }
        if (format == null && noNewline) {
            throw new CommandLineException("--no-newline cannot be specified without --format.");
        }
        if (format == null && timeFormat != null) {
            throw new CommandLineException("--timefmt cannot be specified without --format.");
        }
        if (format != null && format.contains("%T") && timeFormat == null) {
            throw new CommandLineException("%T is in --format string, but --timefmt was not specified.");
        }
        if (background && outFile == null) {
            throw new CommandLineException("-o must be specified with -d.");
        }
    }

    private WaitSettings.Style style() throws CommandLineException {
        if (csv) {
            return new WaitSettings.Csv();
        }
        if (json) {
            return new WaitSettings.Json();
        }
        if (format == null) {
            return new WaitSettings.Format(FormatText.DEFAULT, Optional.empty());
        }
        String whole = format + (noNewline ? "" : "\n");
        if (whole.isEmpty() || whole.length() > FormatText.MAX_LENGTH) {
            throw new CommandLineException("Something is wrong with your format string.");
        }
        return new WaitSettings.Format(whole, Optional.ofNullable(timeFormat));
    }

    private WaitSettings settings() throws CommandLineException {
        return new WaitSettings(
                common.settings(),
                monitor,
                quiet,
                style(),
                Optional.ofNullable(outFile),
                syslog,
                background,
                common.warnings());
    }
}
