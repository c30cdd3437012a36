package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.batch.BatchFile;
import io.sluice.client.batch.BatchFlags;
import io.sluice.client.batch.ReplayScript;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine;
import io.sluice.client.command.Endpoints;
import io.sluice.client.command.ImpliedRules;
import io.sluice.client.command.Invocation;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.command.OperandParser;
import io.sluice.client.command.OperatorFiles;
import io.sluice.client.output.Console;
import io.sluice.client.output.FailureLine;
import io.sluice.client.output.FailureLine.Role;
import io.sluice.client.output.ItemContext;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.Reporter;
import io.sluice.client.output.Timestamps;
import io.sluice.client.transport.RemoteProgramException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.VersionException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.PeerExitException;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of the command that transfers or lists: sets everything up, runs the client, tells how it ended. */
final class TransferCommand {
    private static final int SECOND_MILLIS = 1000;

    private final CommandLine line;
    private final Surroundings surroundings;
    private final long started = System.currentTimeMillis() / SECOND_MILLIS;
    private final Endpoints endpoints;
    private final Role role;
    private FilterList givenRules = FilterList.EMPTY;

    TransferCommand(CommandLine line, Surroundings surroundings) throws TransferException {
        this.line = line;
        this.surroundings = surroundings;
        this.endpoints = endpoints(line);
        this.role = endpoints.side() == Side.SENDER ? Role.SENDER : Role.RECEIVER;
        requireListOfPeer();
    }

    /** A {@code --files-from} list on another host is on the one that takes part, which {@code :FILE} leaves unsaid. */
    private void requireListOfPeer() throws ClientException {
        String file = line.connection().filesFrom();
        boolean elsewhere = line.options().selection().filesFrom() == FilesFrom.PEER;
        if (file == null || !elsewhere || !(OperandParser.parse(file) instanceof Location.Remote list)) {
            return;
        }
        if (!(endpoints.peer() instanceof Location.Remote peer)) {
            throw new ClientException(ExitCode.SYNTAX, "--files-from cannot be remote when the transfer is local");
        }
        if (!list.host().isEmpty() && !list.host().equals(peer.host())) {
            throw new ClientException(
                    ExitCode.SYNTAX, "--files-from hostname is not the same as the transfer hostname");
        }
    }

    private static Endpoints endpoints(CommandLine line) throws TransferException {
        if (!line.batch().reads()) {
            return Endpoints.of(line.operands())
                    .withDefaultPort(line.connection().port());
        }
        if (line.operands().size() != 1) {
            throw new ClientException(ExitCode.SYNTAX, "rsync: --read-batch takes one operand, the destination");
        }
        return Endpoints.replaying(line.operands().getFirst());
    }

    private NamedFiles namedFiles() {
        return new NamedFiles(line.options().preservation().symlinks().insecure());
    }

    /** Returns the exit code. */
    int run() throws IOException {
        Timestamps timestamps = new Timestamps(ZoneId::systemDefault);
        ItemFormat.Sources sources = new ItemFormat.Sources(
                timestamps,
                () -> System.currentTimeMillis() / SECOND_MILLIS,
                ProcessHandle.current().pid());
        try (Console console = DisplaySetup.open(line.display(), namedFiles(), surroundings, sources)) {
            Reporter reporter = new Reporter(
                    line.display().reporter(),
                    console,
                    sources,
                    () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            return run(console, reporter);
        } catch (UncheckedIOException e) {
            throw new TransferException(ExitCode.MESSAGE_IO, "output: " + e.getMessage(), e);
        }
    }

    private int run(Console console, Reporter reporter) {
        try {
            TransferResult result = transferred(console, reporter);
            summarize(result, reporter);
            return end(console, result.exitCode());
        } catch (ModulesListed listed) {
            return ExitCode.OK.value();
        } catch (PeerExitException told) {
            return told.exitCode().value();
        } catch (RemoteProgramException e) {
            e.finished().ifPresent(result -> summarize(result, reporter));
            failureLines(e).forEach(text -> console.error(ByteText.bytes(text)));
            console.error(FailureLine.of(e.status(), role, Version.TEXT));
            return e.status();
        } catch (TransferException e) {
            if (e.exitCode() == ExitCode.SIGNAL) {
                return e.exitCode().value(); // whoever broke it off tells
            }
            failureLines(e).forEach(text -> console.error(ByteText.bytes(text)));
            return end(console, e.exitCode());
        } catch (IOException e) {
            console.error(ByteText.bytes("rsync: [" + role.word() + "] " + e.getMessage()));
            return end(console, ExitCode.FILE_IO);
        }
    }

    private void summarize(TransferResult result, Reporter reporter) {
        reporter.summarize(result.statistics(), System.currentTimeMillis() / SECOND_MILLIS - started);
    }

    private TransferResult transferred(Console console, Reporter reporter) throws IOException {
        if (!line.batch().writes()) {
            return watched(client(console, reporter).build(), console);
        }
        String name = line.batch().name();
        try (OutputStream script = BatchFile.createScript(name, namedFiles());
                OutputStream file = BatchFile.create(name, namedFiles())) {
            WireOutput flags = new WireOutput(file);
            flags.writeInt(BatchFlags.of(line.options()));
            flags.flush();
            RsyncClient client = client(console, reporter)
                    .batch(session -> {
                        script.write(script(session, givenRules.lines()));
                        script.flush();
                        return file;
                    })
                    .build();
            return watched(client, console);
        }
    }

    private byte[] script(Session session, List<byte[]> rules) throws IOException {
        ReplayScript script = new ReplayScript(Invocation.program(line.words().size()), line.words(), line.operands());
        byte[] destination = endpoints.destination().orElseGet(() -> new byte[] {'.'});
        return script.text(ByteText.of(destination), rules, session.version().hasItemFlags());
    }

    private TransferResult watched(RsyncClient client, Console console) throws IOException {
        Interruption watch = Interruption.arm(client, () -> tell(console, ExitCode.SIGNAL));
        try {
            return transfer(client, console);
        } finally {
            watch.disarm();
        }
    }

    private int end(Console console, ExitCode code) {
        if (code != ExitCode.OK) {
            tell(console, code);
        }
        return code.value();
    }

    private void tell(Console console, ExitCode code) {
        console.error(FailureLine.of(code, role, Version.TEXT));
    }

    /** A text that is rsync's own stands as it is; another one gets rsync's opening. */
    private List<String> failureLines(TransferException failure) {
        List<String> lines = new ArrayList<>();
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        boolean whole = failure instanceof ClientException
                || failure instanceof VersionException
                || message.startsWith("rsync:")
                || message.startsWith("ERROR");
        for (String text : message.split("\n", -1)) {
            if (text.startsWith("connection unexpectedly closed")) {
                lines.add("rsync: " + text + " [" + role.word() + "]");
            } else if (text.startsWith("protocol version mismatch")) {
                lines.add("protocol version mismatch -- is your shell clean?");
                lines.add("(see the rsync manpage for an explanation)");
            } else if (!text.isEmpty()) {
                lines.add(whole ? text : "rsync: [" + role.word() + "] " + text);
            }
        }
        return lines;
    }

    /** Files cannot be compared by a sum that there is not. */
    private static void requireListChecksum(TransferOptions options) throws TransferException {
        List<ChecksumType> choice = options.algorithms().checksumChoice();
        boolean none = !choice.isEmpty() && choice.getLast() == ChecksumType.NONE;
        if (none && options.update().checksum()) {
            throw new ClientException(ExitCode.UNSUPPORTED, "Invalid checksum-choice for --checksum: none (0)");
        }
    }

    private RsyncClient.Builder client(Console console, Reporter reporter) throws IOException {
        requireListChecksum(line.options());
        OperatorFiles files = new OperatorFiles(surroundings.in(), namedFiles());
        TransferOptions options = line.options();
        ConnectionSetup setup = new ConnectionSetup(line.connection(), surroundings, endpoints);
        RsyncClient.Builder builder = RsyncClient.builder()
                .options(options)
                .connection(setup.options())
                .passwords(setup.passwords())
                .listener(reporter)
                .narration(console::info)
                .negotiated(session -> {
                    NegotiatedText.of(session, options).forEach(text -> console.info(ByteText.bytes(text)));
                    reporter.start(
                            itemContext(session),
                            isShownAsSending(),
                            session.incrementalRecursion(),
                            options.selection().directories());
                })
                .filters(filters(files, options));
        setup.user().ifPresent(builder::user);
        if (line.connection().motd() || endpoints.listsModules()) {
            builder.daemonMessages(console::info);
        }
        return builder;
    }

    /** A sender has the rules of CVS by itself, so a receiver, which may delete by them, does not send it any. */
    private FilterList filters(OperatorFiles files, TransferOptions options) throws IOException {
        SelectionOptions selection = options.selection();
        byte[] cvs = files.cvsPatterns(surroundings.environment());
        FilterList rules = files.rules(ImpliedRules.after(line.filters(), options), cvs, selection.from0());
        givenRules = rules;
        if (!selection.cvsExclude()) {
            return rules;
        }
        return endpoints.side() == Side.SENDER
                ? rules.with(FilterList.ofCvs(cvs))
                : rules.withUnsent(FilterList.ofCvs(cvs));
    }

    /** A listing of this host is a pull from it, which rsync tells as a push. */
    private boolean isShownAsSending() {
        return endpoints.side() == Side.SENDER;
    }

    private ItemContext itemContext(Session session) {
        boolean local = endpoints.peer() instanceof Location.Local;
        boolean listed = line.options().update().checksum();
        return new ItemContext(
                local,
                line.options().preservation().times(),
                session.symlinkTimes(),
                listed ? session.fileChecksum() : session.transferChecksum());
    }

    private TransferResult transfer(RsyncClient client, Console console) throws IOException {
        if (line.batch().reads()) {
            boolean told = line.options().reporting().level(InfoItem.MISC) > 0;
            return client.replay(
                    BatchFile.read(line.batch().name(), namedFiles(), surroundings.in()),
                    endpoints.destination().orElseThrow(),
                    told ? text -> console.info(ByteText.bytes(text)) : text -> {});
        }
        if (endpoints.listsModules() && endpoints.peer() instanceof Location.Daemon daemon) {
            client.listModules(daemon);
            throw new ModulesListed();
        }
        List<byte[]> names = names();
        if (endpoints.side() == Side.RECEIVER) {
            List<Location> sources = new ArrayList<>();
            endpoints.sources().forEach(path -> sources.add(endpoints.peerWith(path)));
            return client.pull(sources, endpoints.destination().orElseGet(() -> new byte[0]), names);
        }
        boolean listsHere = line.options().selection().listOnly() && endpoints.peer() instanceof Location.Local;
        if (endpoints.destination().isEmpty() || listsHere) {
            List<Location> sources = new ArrayList<>();
            endpoints.sources().forEach(path -> sources.add(new Location.Local(path)));
            return client.pull(sources, new byte[0], names);
        }
        try (SourceFiles sources = SourceFiles.of(endpoints.sources())) {
            SourceFiles named = new SourceFiles(sources.tree(), sources.paths(), names, sources.label());
            return client.push(named, endpoints.peerWith(endpoints.destination().get()));
        }
    }

    private List<byte[]> names() throws IOException {
        String file = line.connection().filesFrom();
        if (file == null || line.options().selection().filesFrom() != FilesFrom.LOCAL) {
            return List.of();
        }
        return new OperatorFiles(surroundings.in(), namedFiles())
                .names(file, line.options().selection().from0());
    }

    /** A daemon's modules were listed: there is nothing to sum up. */
    private static final class ModulesListed extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
