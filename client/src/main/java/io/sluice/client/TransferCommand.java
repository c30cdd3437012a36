package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.batch.BatchException;
import io.sluice.client.batch.BatchFile;
import io.sluice.client.batch.BatchFlags;
import io.sluice.client.batch.ReplayScript;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine;
import io.sluice.client.command.ConnectionsRule;
import io.sluice.client.command.Endpoints;
import io.sluice.client.command.ImpliedRules;
import io.sluice.client.command.Invocation;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.command.OperandParser;
import io.sluice.client.command.OperatorFiles;
import io.sluice.client.command.OptionException;
import io.sluice.client.output.FailureLine;
import io.sluice.client.output.FailureLine.Role;
import io.sluice.client.output.ItemContext;
import io.sluice.client.output.Presentation;
import io.sluice.client.parallel.ParallelClient;
import io.sluice.client.parallel.Sessions;
import io.sluice.client.transport.RemoteProgramException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.MemoryException;
import io.sluice.protocol.PlainException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.PeerExitException;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of the command that transfers or lists: sets everything up, runs the client, tells how it ended. */
final class TransferCommand {
    private static final int SECOND_MILLIS = 1000;

    private final CommandLine line;
    private final Surroundings surroundings;
    private final long started = System.currentTimeMillis() / SECOND_MILLIS;
    private final Endpoints endpoints;
    /** Told by another thread if the command is interrupted. */
    private volatile Role role;

    private FilterList givenRules = FilterList.EMPTY;

    TransferCommand(CommandLine line, Surroundings surroundings) throws TransferException {
        this.line = line;
        this.surroundings = surroundings;
        this.endpoints = endpoints(line);
        this.role = endpoints.side() == Side.SENDER ? Role.SENDER : Role.RECEIVER;
        requireListOfPeer();
        ConnectionsRule.check(line, endpoints);
        requireReceiver();
    }

    /** A server of another make does not know the option, so that it is sent only if the user says so. */
    private void requireReceiver() throws ClientException {
        boolean elsewhere = endpoints.side() == Side.SENDER && endpoints.peer() instanceof Location.Remote;
        if (elsewhere && line.options().placement().basis().renamed()) {
            throw new ClientException(
                    ExitCode.SYNTAX,
                    "--detect-renamed is for the receiving side (for a server that has it: -M--detect-renamed)");
        }
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
            Endpoints named = Endpoints.of(line.operands())
                    .withDefaultPort(line.connection().port());
            return line.connection().tls().wanted() ? named.withTls() : named;
        }
        return Endpoints.replaying(line.operands().getLast()); // sources stand in the batch, whatever else is named
    }

    private NamedFiles namedFiles() {
        return new NamedFiles(line.options().preservation().symlinks().insecure());
    }

    /** Returns the exit code. */
    int run(Presentation shown) {
        try {
            TransferResult result = transferred(shown);
            summarize(result, shown);
            return end(shown, result.exitCode(), role);
        } catch (ModulesListed listed) {
            return ExitCode.OK.value();
        } catch (PeerExitException told) {
            return told.exitCode().value();
        } catch (RemoteProgramException e) {
            e.finished().ifPresent(result -> summarize(result, shown));
            failureLines(e).forEach(text -> shown.error(ByteText.bytes(text)));
            shown.failure(FailureLine.of(e.status(), role, Version.TEXT));
            return e.status();
        } catch (OptionException e) {
            String.valueOf(e.getMessage()).lines().forEach(text -> shown.error(ByteText.bytes(text)));
            shown.failure(FailureLine.of(e.exitCode(), Role.CLIENT, Version.TEXT));
            return e.exitCode().value();
        } catch (BatchException e) {
            shown.error(ByteText.bytes(String.valueOf(e.getMessage())));
            shown.failure(FailureLine.of(e.exitCode(), Role.RECEIVER, Version.TEXT));
            return e.exitCode().value();
        } catch (TransferException e) {
            if (e.exitCode() == ExitCode.SIGNAL) {
                return e.exitCode().value(); // whoever broke it off tells
            }
            failureLines(e).forEach(text -> shown.error(ByteText.bytes(text)));
            return end(shown, e.exitCode(), role);
        } catch (IOException e) {
            shown.error(ByteText.bytes("rsync: [" + role.word() + "] " + e.getMessage()));
            return end(shown, ExitCode.FILE_IO, role);
        }
    }

    private void summarize(TransferResult result, Presentation shown) {
        boolean listed = result.statistics().counts().total() > 0;
        role = role == Role.RECEIVER && listed ? Role.GENERATOR : role;
        shown.summarize(result.statistics(), System.currentTimeMillis() / SECOND_MILLIS - started);
    }

    private TransferResult transferred(Presentation shown) throws IOException {
        if (!line.batch().writes()) {
            RsyncClientBuilder builder = client(shown);
            RsyncClient client = builder.build();
            return watched(line.connection().connections() > 1 ? parallel(builder, shown) : client, client, shown);
        }
        String name = line.batch().name();
        try (OutputStream script = BatchFile.createScript(name, namedFiles());
                OutputStream file = BatchFile.create(name, namedFiles())) {
            WireOutput flags = new WireOutput(file);
            flags.writeInt(BatchFlags.of(line.options()));
            flags.flush();
            RsyncClient client = client(shown)
                    .batch(session -> {
                        script.write(script(
                                session,
                                new SessionRules(line.options(), session)
                                        .withPartial(givenRules)
                                        .lines()));
                        script.flush();
                        return file;
                    })
                    .build();
            return watched(client, client, shown);
        }
    }

    private byte[] script(Session session, List<byte[]> rules) throws IOException {
        ReplayScript script = new ReplayScript(Invocation.program(line.words().size()), line.words(), line.operands());
        byte[] destination = endpoints.destination().orElseGet(() -> new byte[] {'.'});
        return script.text(ByteText.of(destination), rules, session.version().hasItemFlags());
    }

    /** @param client does what no several connections can do */
    private TransferResult watched(Transfers transfers, RsyncClient client, Presentation shown) throws IOException {
        Interruption watch = Interruption.arm(transfers, () -> {
            tell(shown, ExitCode.SIGNAL, role);
            shown.ended(ExitCode.SIGNAL.value());
        });
        try {
            return transfer(transfers, client, shown);
        } finally {
            watch.disarm();
        }
    }

    /** What this process was at last. */
    Role role() {
        return role;
    }

    private static int end(Presentation shown, ExitCode code, Role role) {
        if (code != ExitCode.OK) {
            tell(shown, code, role);
        }
        return code.value();
    }

    private static void tell(Presentation shown, ExitCode code, Role role) {
        shown.failure(FailureLine.of(code, role, Version.TEXT));
    }

    /** A text that is rsync's own stands as it is; another one gets rsync's opening. */
    private List<String> failureLines(TransferException failure) {
        if (failure instanceof MemoryException memory) {
            return List.of(memory.sentence(role.word()));
        }
        List<String> lines = new ArrayList<>();
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        boolean whole = failure instanceof ClientException
                || failure instanceof PlainException
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

    private RsyncClientBuilder client(Presentation shown) throws IOException {
        requireListChecksum(line.options());
        TransferOptions options = line.options();
        OperatorFiles files = new OperatorFiles(surroundings.in(), namedFiles())
                .reporting(
                        shown::error,
                        rule -> RuleText.ofDoubtful(rule, options.reporting()).forEach(shown::info));
        byte[] cvs = files.cvsPatterns(surroundings.environment());
        givenRules = files.rules(
                ImpliedRules.after(line.filters(), options),
                () -> cvs,
                options.selection().from0());
        RuleText.of(givenRules, options.reporting()).forEach(shown::info);
        ConnectionSetup setup = new ConnectionSetup(line.connection(), surroundings, endpoints);
        RsyncClientBuilder builder = RsyncClient.builder()
                .options(options)
                .connection(setup.options())
                .passwords(setup.passwords())
                .listener(shown.listener())
                .narration(shown::info)
                .negotiated(session -> announce(session, shown))
                .daemonMessages(messages(shown))
                .filters(givenRules)
                .cvsPatterns(cvs);
        setup.user().ifPresent(builder::user);
        return builder;
    }

    private Transfers parallel(RsyncClientBuilder builder, Presentation shown) throws IOException {
        TransferOptions options = line.options();
        PasswordSource passwords = new ConnectionSetup(line.connection(), surroundings, endpoints).passwords();
        boolean told = options.reporting().level(InfoItem.MISC) > 0;
        ParallelClient.Terms terms = new ParallelClient.Terms(
                line.connection().connections(),
                options,
                shown.listener(),
                told ? text -> shown.info(ByteText.bytes(text)) : text -> {});
        return new ParallelClient(
                new Sessions(builder, passwords, session -> announce(session, shown), messages(shown)), terms);
    }

    private void announce(Session session, Presentation shown) {
        shown.start(new Presentation.Start(
                itemContext(session),
                isShownAsSending(),
                session.incrementalRecursion(),
                line.options().selection().directories()));
    }

    private Consumer<byte[]> messages(Presentation shown) {
        boolean wanted = line.connection().motd() || endpoints.listsModules();
        return wanted ? shown::info : text -> {};
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

    private TransferResult transfer(Transfers transfers, RsyncClient client, Presentation shown) throws IOException {
        if (line.batch().reads()) {
            return replay(client, shown);
        }
        if (endpoints.listsModules() && endpoints.peer() instanceof Location.Daemon daemon) {
            client.listModules(daemon);
            throw new ModulesListed();
        }
        List<byte[]> names = names();
        if (endpoints.side() == Side.RECEIVER) {
            List<Location> sources = new ArrayList<>();
            endpoints.sources().forEach(path -> sources.add(endpoints.peerWith(path)));
            return transfers.pull(sources, endpoints.destination().orElseGet(() -> new byte[0]), names);
        }
        boolean listsHere = line.options().selection().listOnly() && endpoints.peer() instanceof Location.Local;
        if (endpoints.destination().isEmpty() || listsHere) {
            List<Location> sources = new ArrayList<>();
            endpoints.sources().forEach(path -> sources.add(new Location.Local(path)));
            return transfers.pull(sources, new byte[0], names);
        }
        try (SourceFiles sources = SourceFiles.of(endpoints.sources())) {
            SourceFiles named = new SourceFiles(sources.tree(), sources.paths(), names, sources.label());
            return transfers.push(
                    named, endpoints.peerWith(endpoints.destination().get()));
        }
    }

    /** As with rsync, a batch that cannot be opened is told of before a destination that cannot be. */
    private TransferResult replay(RsyncClient client, Presentation shown) throws IOException {
        boolean told = line.options().reporting().level(InfoItem.MISC) > 0;
        try (InputStream batch = BatchFile.read(line.batch().name(), namedFiles(), surroundings.in())) {
            Endpoints.requireHere(line.operands().getLast());
            return client.replay(
                    batch,
                    endpoints.destination().orElseThrow(),
                    told ? text -> shown.info(ByteText.bytes(text)) : text -> {});
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
