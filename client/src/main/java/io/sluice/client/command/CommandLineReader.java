package io.sluice.client.command;

import io.sluice.client.command.CommandLine.ConnectionSettings;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.client.command.CommandLine.Request;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.NumberStyle;
import io.sluice.client.output.ReporterSettings;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.TransferOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link CommandLine} of words: what the options say together, and which of them do not go together. */
public final class CommandLineReader {
    private static final int OLD_DIRS = 4;

    private final Map<String, String> environment;
    private final List<String> words;
    private final OptionValues values;
    private final List<String> operands;

    private CommandLineReader(List<String> words, Map<String, String> environment) throws UsageException {
        this.words = words;
        this.environment = environment;
        OptionParser.Parsed parsed = OptionParser.parse(new OptionTable(), words);
        this.values = parsed.values();
        this.operands = parsed.operands();
    }

    /**
     * Reads a command line.
     *
     * @param words without the program's name, one character per byte
     * @param environment the variables that change defaults
     * @throws TransferException with the exit code and text of rsync
     */
    public static CommandLine read(List<String> words, Map<String, String> environment) throws TransferException {
        return new CommandLineReader(words, environment).resolve();
    }

    /** Whether the words are those of a daemon ({@code --daemon}), which is started by other options than a client. */
    public static boolean isDaemon(List<String> words) {
        boolean possible = words.stream()
                .anyMatch(word -> word.contains("daemon")
                        || word.startsWith("--config")
                        || word.startsWith("--dparam")
                        || word.endsWith("detach"));
        if (!possible || words.contains("--server")) {
            return words.contains("--daemon");
        }
        return OptionParser.isDaemon(new OptionTable(), words);
    }

    private CommandLine resolve() throws TransferException {
        Request request = request();
        boolean listOnly = values.isSet(Setting.LIST_ONLY) || operands.size() < 2;
        refuseEnvironment();
        List<FilterArgument> filters = new ArrayList<>(values.filters());
        settleDirectories(listOnly, filters);
        check();
        Display display = display();
        TransferOptions options = new OptionRecords(values, display, listOnly).transferOptions();
        return new CommandLine(request, options, filters, connection(), display, operands);
    }

    private Request request() {
        boolean help = values.isSet(Setting.HELP) || words.equals(List.of("-h"));
        if (values.info().help() || values.debug().help()) {
            return values.info().help() ? Request.INFO_HELP : Request.DEBUG_HELP;
        }
        return switch (values.number(Setting.VERSION)) {
            case 0 -> help ? Request.HELP : Request.TRANSFER;
            case 1 -> Request.VERSION;
            default -> Request.VERSION_JSON;
        };
    }

    private void refuseEnvironment() throws UsageException {
        boolean partialDir = values.isSet(Setting.PARTIAL) && !values.isSet(Setting.INPLACE);
        if (!variable("RSYNC_ICONV").isEmpty()) {
            throw UsageException.unavailable("RSYNC_ICONV (--iconv)");
        }
        if (partialDir && !variable("RSYNC_PARTIAL_DIR").isEmpty()) {
            throw UsageException.unavailable("RSYNC_PARTIAL_DIR (--partial-dir)");
        }
        if (isTrue(variable("RSYNC_OLD_ARGS"))) {
            throw UsageException.unavailable("RSYNC_OLD_ARGS (--old-args)");
        }
    }

    /** Decides what {@code -r}, {@code -d}, {@code -R} mean together with listings and lists of names. */
    private void settleDirectories(boolean listOnly, List<FilterArgument> filters) {
        boolean filesFrom = values.text(Setting.FILES_FROM) != null;
        if (filesFrom) {
            if (values.number(Setting.RECURSE) == 1) {
                values.put(Setting.RECURSE, 0);
            }
            if (values.number(Setting.DIRECTORIES) < 0) {
                values.put(Setting.DIRECTORIES, 1);
            }
        }
        if (values.number(Setting.DIRECTORIES) >= OLD_DIRS) {
            filters.add(new FilterArgument(FilterArgument.Kind.FILTER, "- /*/*"));
            values.put(Setting.RECURSE, 1);
        } else if (!values.isSet(Setting.RECURSE) && values.number(Setting.DIRECTORIES) < 0) {
            values.put(Setting.DIRECTORIES, listOnly ? 1 : 0);
        }
        if (values.isSet(Setting.RECURSE)) {
            values.put(Setting.DIRECTORIES, 1);
        }
        if (values.number(Setting.RELATIVE) < 0) {
            values.put(Setting.RELATIVE, filesFrom ? 1 : 0);
        }
    }

    private void check() throws UsageException {
        String outbuf = values.text(Setting.OUTBUF);
        if (outbuf != null && (outbuf.isEmpty() || "nulbfNULBF".indexOf(outbuf.charAt(0)) < 0)) {
            throw new UsageException("rsync: Invalid --outbuf setting -- specify N, L, or B.");
        }
    }

    private ConnectionSettings connection() {
        int secluded = values.number(Setting.SECLUDED);
        return new ConnectionSettings(
                values.text(Setting.RSH),
                values.text(Setting.RSYNC_PATH),
                values.number(Setting.PORT),
                values.text(Setting.ADDRESS),
                values.number(Setting.FAMILY),
                values.number(Setting.CONNECT_TIMEOUT),
                values.text(Setting.PASSWORD_FILE),
                values.isSet(Setting.MOTD),
                values.number(Setting.PROTOCOL),
                secluded < 0 ? isTrue(variable("RSYNC_PROTECT_ARGS")) : secluded > 0,
                values.text(Setting.FILES_FROM));
    }

    private Display display() throws UsageException {
        String format = values.text(Setting.OUT_FORMAT);
        ReportingOptions reporting = reporting(format);
        ItemFormat out = format != null ? parse("--out-format", format) : itemFormat(reporting);
        ReporterSettings reporter = new ReporterSettings(
                reporting,
                out,
                logFormat(),
                new NumberStyle(Math.min(values.number(Setting.HUMAN), 3)),
                values.isSet(Setting.DRY_RUN),
                values.isSet(Setting.LINKS));
        String outbuf = values.text(Setting.OUTBUF);
        return new Display(
                reporter,
                values.isSet(Setting.QUIET),
                values.isSet(Setting.EIGHT_BIT),
                values.isSet(Setting.STDERR_ALL),
                outbuf != null && "nulNUL".indexOf(outbuf.charAt(0)) >= 0,
                values.text(Setting.LOG_FILE));
    }

    private ReportingOptions reporting(@Nullable String format) {
        return new ReportingOptions(
                values.number(Setting.VERBOSE),
                values.isSet(Setting.QUIET),
                values.number(Setting.ITEMIZE),
                format == null ? OutFormat.NONE : OutFormat.of(format),
                values.isSet(Setting.STATS),
                values.isSet(Setting.PROGRESS) ? 1 : 0,
                values.info().levels(),
                values.debug().levels());
    }

    private static @Nullable ItemFormat itemFormat(ReportingOptions reporting) {
        if (reporting.itemize() > 0) {
            return ItemFormat.ITEMIZED;
        }
        return reporting.level(InfoItem.NAME) > 0 ? ItemFormat.NAMES : null;
    }

    private @Nullable ItemFormat logFormat() throws UsageException {
        String format = values.text(Setting.LOG_FILE_FORMAT);
        if (values.text(Setting.LOG_FILE) == null || (format != null && format.isEmpty())) {
            return null;
        }
        return format == null ? ItemFormat.ITEMIZED : parse("--log-file-format", format);
    }

    private static ItemFormat parse(String option, String format) throws UsageException {
        ItemFormat parsed = ItemFormat.parse(format);
        if (parsed.has('C')) {
            throw UsageException.unavailable(option + " with %C");
        }
        return parsed;
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private static boolean isTrue(String number) {
        return number.matches("\\s*[+-]?0*[1-9].*");
    }
}
