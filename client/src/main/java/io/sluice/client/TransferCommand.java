package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine;
import io.sluice.client.command.Endpoints;
import io.sluice.client.command.ImpliedRules;
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
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.PeerExitException;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
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

    TransferCommand(CommandLine line, Surroundings surroundings) throws TransferException {
        this.line = line;
        this.surroundings = surroundings;
        this.endpoints =
                Endpoints.of(line.operands()).withDefaultPort(line.connection().port());
        this.role = endpoints.side() == Side.SENDER ? Role.SENDER : Role.RECEIVER;
    }

    /** Returns the exit code. */
    int run() throws IOException {
        Timestamps timestamps = new Timestamps(ZoneId::systemDefault);
        ItemFormat.Sources sources = new ItemFormat.Sources(
                timestamps,
                () -> System.currentTimeMillis() / SECOND_MILLIS,
                ProcessHandle.current().pid());
        try (Console console = DisplaySetup.open(line.display(), surroundings, sources)) {
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
            RsyncClient client = client(console, reporter);
            TransferResult result = watched(client, console);
            reporter.summarize(result.statistics(), System.currentTimeMillis() / SECOND_MILLIS - started);
            return end(console, result.exitCode());
        } catch (ModulesListed listed) {
            return ExitCode.OK.value();
        } catch (PeerExitException told) {
            return told.exitCode().value();
        } catch (RemoteProgramException e) {
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

    private TransferResult watched(RsyncClient client, Console console) throws IOException {
        Interruption watch = Interruption.arm(client, () -> tell(console, ExitCode.SIGNAL));
        try {
            return transfer(client);
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
        boolean whole =
                failure instanceof ClientException || message.startsWith("rsync:") || message.startsWith("ERROR");
        for (String text : message.split("\n", -1)) {
            if (!text.isEmpty()) {
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

    private RsyncClient client(Console console, Reporter reporter) throws IOException {
        requireListChecksum(line.options());
        OperatorFiles files = new OperatorFiles(surroundings.in());
        TransferOptions options = line.options();
        ConnectionSetup setup = new ConnectionSetup(line.connection(), surroundings, endpoints);
        RsyncClient.Builder builder = RsyncClient.builder()
                .options(options)
                .connection(setup.options())
                .passwords(setup.passwords())
                .listener(reporter)
                .negotiated(session -> reporter.start(
                        itemContext(session),
                        isShownAsSending(),
                        session.incrementalRecursion(),
                        options.selection().directories()))
                .filters(files.rules(
                        ImpliedRules.after(line.filters(), options),
                        options.selection().from0()));
        setup.user().ifPresent(builder::user);
        if (line.connection().motd() || endpoints.listsModules()) {
            builder.daemonMessages(console::info);
        }
        return builder.build();
    }

    /** A listing of this host is a pull from it, which rsync tells as a push. */
    private boolean isShownAsSending() {
        return endpoints.side() == Side.SENDER;
    }

    private ItemContext itemContext(Session session) {
        boolean local = endpoints.peer() instanceof Location.Local;
        return new ItemContext(local, line.options().preservation().times(), session.symlinkTimes());
    }

    private TransferResult transfer(RsyncClient client) throws IOException {
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
        if (endpoints.destination().isEmpty()) {
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
        return new OperatorFiles(surroundings.in())
                .names(file, line.options().selection().from0());
    }

    /** A daemon's modules were listed: there is nothing to sum up. */
    private static final class ModulesListed extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
