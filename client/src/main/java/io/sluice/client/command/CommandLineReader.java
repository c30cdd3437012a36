package io.sluice.client.command;

import io.sluice.client.batch.BatchSettings;
import io.sluice.client.command.CommandLine.ConnectionSettings;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.client.command.CommandLine.Request;
import io.sluice.client.command.CommandLine.TlsSettings;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.NumberStyle;
import io.sluice.client.output.ReporterSettings;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.RuleArgument;
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
        BatchSettings batch = batch();
        boolean listOnly = values.isSet(Setting.LIST_ONLY) || (operands.size() < 2 && !batch.reads());
        readEnvironment();
        List<RuleArgument> filters = new ArrayList<>(values.filters());
        settleDirectories(listOnly, filters);
        check();
        Display display = display();
        TransferOptions options = new OptionRecords(values, display, listOnly).transferOptions();
        return new CommandLine(request, options, filters, connection(), display, batch, words, operands);
    }

    private BatchSettings batch() throws UsageException {
        String write = values.text(Setting.WRITE_BATCH);
        String only = values.text(Setting.ONLY_WRITE_BATCH);
        String read = values.text(Setting.READ_BATCH);
        String name = read != null ? read : only != null ? only : write;
        if (name == null) {
            return BatchSettings.NONE;
        }
        if (read != null && (write != null || only != null)) {
            throw new UsageException("rsync: --write-batch and --read-batch can not be used together");
        }
        if (read != null && values.text(Setting.FILES_FROM) != null) {
            throw new UsageException("rsync: --read-batch cannot be used with --files-from");
        }
        if (read != null && values.isSet(Setting.REMOVE_SOURCE)) {
            throw new UsageException("rsync: --read-batch cannot be used with --remove-source-files");
        }
        if (name.length() > BatchSettings.MAX_NAME) {
            throw new UsageException(
                    "rsync: the batch-file name must be " + BatchSettings.MAX_NAME + " characters or less.");
        }
        if (read != null) {
            return new BatchSettings(BatchSettings.Mode.READ, name);
        }
        boolean dry = values.isSet(Setting.DRY_RUN);
        BatchSettings.Mode mode = only != null ? BatchSettings.Mode.ONLY_WRITE : BatchSettings.Mode.WRITE;
        return dry ? BatchSettings.NONE : new BatchSettings(mode, name);
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

    /** What options leave open, variables may say. */
    private void readEnvironment() throws UsageException {
        boolean inPlace = values.isSet(Setting.INPLACE)
                || values.isSet(Setting.APPEND)
                || values.isSet(Setting.WRITE_DEVICES)
                || values.isSet(Setting.DELAY_UPDATES);
        if (values.isSet(Setting.PARTIAL)
                && !inPlace
                && !variable("RSYNC_PARTIAL_DIR").isEmpty()) {
            values.putDefault(Setting.PARTIAL_DIR, variable("RSYNC_PARTIAL_DIR"));
        }
        if (!variable("RSYNC_ICONV").isEmpty()) {
            values.putDefault(Setting.ICONV, variable("RSYNC_ICONV"));
        }
        if (values.maxAllocation() == 0 && !variable("RSYNC_MAX_ALLOC").isEmpty()) {
            values.limitAllocation(variable("RSYNC_MAX_ALLOC"));
        }
    }

    /** Decides what {@code -r}, {@code -d}, {@code -R} mean together with listings and lists of names. */
    private void settleDirectories(boolean listOnly, List<RuleArgument> filters) {
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
            filters.add(new RuleArgument(RuleArgument.Kind.FILTER, "- /*/*"));
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
        boolean listed = values.text(Setting.FILES_FROM) != null && values.text(Setting.READ_BATCH) == null;
        if (listed && !operands.isEmpty() && operands.size() != 2) {
            throw new UsageException(HelpText.usage().stripTrailing());
        }
        if ("".equals(values.text(Setting.CONFINE_ROOT))) {
            throw new UsageException("rsync: --confine-root must be an absolute path");
        }
        if (values.isSet(Setting.JSON)) {
            refuseWithEvents(values.text(Setting.OUT_FORMAT) != null, "--out-format");
            refuseWithEvents(values.isSet(Setting.QUIET), "--quiet (-q)");
            refuseWithEvents(values.number(Setting.STDERR_ALL) > 0, "--stderr=all");
        }
        String outbuf = values.text(Setting.OUTBUF);
        if (outbuf != null && (outbuf.isEmpty() || "nulbfNULBF".indexOf(outbuf.charAt(0)) < 0)) {
            throw new UsageException("rsync: Invalid --outbuf setting -- specify N, L, or B.");
        }
    }

    private static void refuseWithEvents(boolean given, String option) throws UsageException {
        if (given) {
            throw new UsageException("rsync: --json cannot be used with " + option + ": events have their own form");
        }
    }

    private ConnectionSettings connection() throws UsageException {
        int secluded = values.number(Setting.SECLUDED);
        int old = values.number(Setting.OLD_ARGS);
        if (old < 0) {
            old = leadingNumber(variable("RSYNC_OLD_ARGS"));
        }
        if (secluded < 0) {
            secluded = old == 0 && isTrue(variable("RSYNC_PROTECT_ARGS")) ? 1 : 0;
        } else if (secluded > 0 && old > 0 && values.number(Setting.OLD_ARGS) > 0) {
            throw new UsageException("rsync: --secluded-args conflicts with --old-args.");
        } else if (secluded > 0) {
            old = 0;
        }
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
                secluded > 0,
                values.text(Setting.FILES_FROM),
                remoteOptions(),
                old,
                values.text(Setting.SOCKET_OPTIONS),
                values.text(Setting.EARLY_INPUT),
                tls(),
                values.number(Setting.CONNECTIONS));
    }

    private List<String> remoteOptions() {
        int all = values.number(Setting.STDERR_ALL);
        List<String> options = new ArrayList<>();
        if (all >= 0) {
            options.add(all > 0 ? "--msgs2stderr" : "--no-msgs2stderr");
        }
        options.addAll(values.remoteOptions());
        return options;
    }

    private TlsSettings tls() throws UsageException {
        String certificate = values.text(Setting.TLS_CERT);
        String key = values.text(Setting.TLS_KEY);
        if (key != null && certificate == null) {
            throw new UsageException("rsync: --tls-key needs --tls-cert");
        }
        return new TlsSettings(values.isSet(Setting.TLS), values.text(Setting.TLS_CA), certificate, key);
    }

    private Display display() throws UsageException {
        String format = values.text(Setting.OUT_FORMAT);
        ReportingOptions reporting = reporting(format);
        ItemFormat out = format != null ? ItemFormat.parse(format) : itemFormat(reporting);
        ReporterSettings reporter = new ReporterSettings(
                reporting,
                out,
                logFormat(),
                new NumberStyle(Math.min(values.number(Setting.HUMAN), 3)),
                effect(),
                values.isSet(Setting.LINKS),
                values.number(Setting.ATIMES) > 0);
        String outbuf = values.text(Setting.OUTBUF);
        return new Display(
                reporter,
                values.isSet(Setting.QUIET),
                values.isSet(Setting.EIGHT_BIT),
                values.number(Setting.STDERR_ALL) > 0,
                outbuf != null && "nulNUL".indexOf(outbuf.charAt(0)) >= 0,
                values.text(Setting.LOG_FILE),
                values.isSet(Setting.JSON));
    }

    private ReporterSettings.Effect effect() {
        if (values.isSet(Setting.DRY_RUN)) {
            return ReporterSettings.Effect.NONE;
        }
        boolean batch = values.text(Setting.ONLY_WRITE_BATCH) != null;
        return batch ? ReporterSettings.Effect.BATCH_ONLY : ReporterSettings.Effect.FULL;
    }

    /** Events need all that an itemized line needs. */
    private OutFormat outFormat(@Nullable String format) {
        return values.isSet(Setting.JSON) ? OutFormat.ITEM : format == null ? OutFormat.NONE : OutFormat.of(format);
    }

    private ReportingOptions reporting(@Nullable String format) {
        return new ReportingOptions(
                values.number(Setting.VERBOSE),
                values.isSet(Setting.QUIET),
                values.number(Setting.ITEMIZE),
                outFormat(format),
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
        return format == null ? ItemFormat.ITEMIZED : ItemFormat.parse(format);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private static boolean isTrue(String number) {
        return number.matches("\\s*[+-]?0*[1-9].*");
    }

    /** 0, 1, or 2 for all that is more. */
    private static int leadingNumber(String text) {
        return !isTrue(text) || text.strip().startsWith("-") ? 0 : text.strip().matches("\\+?0*1(\\D.*)?") ? 1 : 2;
    }
}
