package io.sluice.daemon.module;

import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TransferRules;
import io.sluice.daemon.log.Log;
import io.sluice.linux.Identity;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.PlainException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filelist.IdNames;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.ReceivingSide;
import io.sluice.protocol.transfer.SendingSide;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of one transfer with a module, on the thread that calls {@link #run}: arguments, policy, handshake, then sending or receiving side
 * under the module's identity. What goes wrong is told to the client and to the log, never to the caller.
 */
public final class ModuleTransfer {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModuleTransfer.class);
    /** Seconds that a peer has for each step of the handshake, whatever the module's timeout. */
    private static final int HANDSHAKE_TIMEOUT = 60;

    private final Admission admission;
    private final ModuleConfiguration module;
    private final Log log;
    private final WireInput in;
    private final WireOutput out;
    private final int randomSeed;
    /** Of all files; negative: the transfer did not come to its end. */
    private long totalSize = -1;

    private long files;
    private boolean sending;
    /** Both ends have said good-bye, and the client may ask for more. */
    private boolean reusable;
    /** Whatever went wrong has been logged. */
    private boolean finished;

    private long writtenBefore;
    private long readBefore;

    /**
     * @param admission closed by whoever made it, after {@link #run}
     * @param randomSeed for the transfer's checksums
     */
    public ModuleTransfer(Admission admission, WireInput in, WireOutput out, int randomSeed) {
        this.admission = admission;
        this.module = admission.module().configuration();
        this.log = admission.log();
        this.in = in;
        this.out = out;
        this.randomSeed = randomSeed;
    }

    /** What the module does not allow; option errors aside. */
    private static final class PermissionException extends TransferException {
        private static final long serialVersionUID = 1L;

        PermissionException(ExitCode code, String message) {
            super(code, message);
        }
    }

    /** Runs the transfer to its end; the exit code that rsync would have. */
    public ExitCode run() {
        RequestArguments request;
        try {
            request = new RequestArguments(
                    ModuleNames.convert(admission.arguments(), module.transfer().charset()));
        } catch (TransferException e) {
            log.line(String.valueOf(e.getMessage()));
            admission.hooks().setStatus(e.exitCode().value());
            return e.exitCode();
        }
        sending = request.sending();
        ExitCode code;
        try {
            ServerArguments.unmatched(module.transfer().refusedOptions())
                    .forEach(pattern -> log.line("No match for refuse-options string \"" + pattern + "\""));
            Optional<byte[]> objection = PreTransferCommand.run(admission, request);
            logRequest(request);
            code = serve(request, objection);
        } catch (TransferException e) {
            if (!finished) {
                logFailure(e);
            }
            code = e.exitCode();
            if (code == ExitCode.CRASHED) {
                LOGGER.error("transfer failed", e);
            }
        } catch (IOException e) {
            log.line("rsync: " + e.getMessage());
            code = ExitCode.FILE_IO;
        } catch (RuntimeException | Error e) {
            LOGGER.error("transfer failed", e);
            TransferException failure = TransferException.of(e);
            log.line("rsync: " + failure.getMessage());
            code = failure.exitCode();
        }
        if (code == ExitCode.OK || (totalSize >= 0 && request.sending())) {
            logTotals();
        }
        if (code != ExitCode.OK && !finished) {
            log.line(Farewell.line(code, request.sending()));
        }
        admission.hooks().setStatus(code.value());
        return code;
    }

    /** Whether files went to the client, as far as that was known. */
    public boolean sending() {
        return sending;
    }

    /** How many files' content was transferred; 0 if the transfer did not come to its end. */
    public long files() {
        return files;
    }

    /** Whether the connection may carry another request. */
    public boolean isReusable() {
        return reusable;
    }

    private void logRequest(RequestArguments request) {
        if (request.namesSomething()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes(bytes("rsync " + (request.sending() ? "on " : "to ")));
            line.writeBytes(request.asked());
            line.writeBytes(bytes(" from "));
            line.writeBytes(admission.user().bytes());
            line.writeBytes(bytes(
                    (admission.user().isEmpty() ? "" : "@") + admission.peer().describe()));
            log.line(line.toByteArray());
        }
    }

    private void logFailure(TransferException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean complete =
                failure instanceof PlainException || text.startsWith("rsync: ") || text.startsWith("ERROR: ");
        if (!text.isEmpty()) {
            log.line(complete ? text : "rsync: " + text);
        }
    }

    /** Logged before the peer hears of it, so that it is in the log when the peer has gone. */
    private void brokenOff(TransferException failure, boolean sending) {
        finished = true;
        logFailure(failure);
        log.line(Farewell.line(failure.exitCode(), sending));
    }

    /** As rsync counts, the handshake is no part of it. */
    private void logTotals() {
        long sent = out.bytesWritten() - writtenBefore;
        long received = in.bytesRead() - readBefore;
        log.line("sent " + sent + " bytes  received " + received + " bytes  total size " + totalSize);
    }

    private ExitCode serve(RequestArguments request, Optional<byte[]> objection) throws IOException {
        in.setTimeout(HANDSHAKE_TIMEOUT);
        ServerArguments arguments;
        TransferException refusal = null;
        try {
            arguments = request.parse(
                    module.transfer().refusedOptions(),
                    !module.transfer().charset().isEmpty());
            requirePermission(arguments);
        } catch (TransferException e) {
            refusal = e;
            arguments = request.parseWhatCanBe();
        }
        int timeout = ModuleOptions.timeout(arguments.options(), module.limits());
        in.setTimeout(timeout == 0 ? HANDSHAKE_TIMEOUT : Math.min(timeout, HANDSHAKE_TIMEOUT));
        boolean converts = !arguments.options().selection().iconv().isEmpty();
        NameConversion names =
                ModuleNames.of(module.transfer().charset(), converts).withLists(arguments.secluded());
        Session session = Handshake.asServer(in, out, HandshakeRequests.of(arguments, admission, randomSeed, names));
        writtenBefore = out.bytesWritten();
        readBefore = in.bytesRead();
        if (objection.isPresent()) {
            return refuse(objection.get(), ExitCode.UNSUPPORTED, request);
        }
        if (refusal != null) {
            return refuse(refusal, request);
        }
        TransferOptions options = ModuleOptions.apply(arguments.options(), module, session.side());
        setTimeouts(options.limits().timeout());
        return transfer(new Connection(session, in, out), options, request, arguments);
    }

    private void setTimeouts(int seconds) {
        in.setTimeout(seconds);
        out.setTimeout(seconds);
    }

    private void requirePermission(ServerArguments arguments) throws TransferException {
        TransferRules rules = module.transfer();
        boolean readOnly = switch (admission.permission()) {
            case READ_ONLY -> true;
            case READ_WRITE -> false;
            default -> rules.readOnly();
        };
        boolean sending = arguments.clientSide() == Side.RECEIVER;
        if (readOnly && !sending) {
            throw new PermissionException(ExitCode.SYNTAX, "ERROR: module is read only");
        }
        if (readOnly && arguments.options().deletion().sourceFiles()) {
            throw new PermissionException(
                    ExitCode.SYNTAX, "ERROR: --remove-source-files cannot be used with a read-only module");
        }
        if (rules.writeOnly() && sending) {
            throw new PermissionException(ExitCode.SYNTAX, "ERROR: module is write only");
        }
    }

    private ExitCode refuse(TransferException refusal, RequestArguments request) throws IOException {
        boolean ofModule = refusal instanceof PermissionException;
        String text = (ofModule ? "" : "rsync: ") + refusal.getMessage();
        return refuse(bytes(text), ofModule ? refusal.exitCode() : ExitCode.UNSUPPORTED, request);
    }

    /** Tells the client, which expects it on the multiplexed stream, why there is no transfer: a message for each line. */
    private ExitCode refuse(byte[] text, ExitCode code, RequestArguments request) throws IOException {
        if (request.sending()) {
            totalSize = 0; // as far as it has come: that is logged too
        } else if (request.readsFilesFrom()) {
            out.writeByte(0);
        }
        out.beginFrames();
        int from = 0;
        while (from < text.length) {
            int end = from;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            byte[] line = Arrays.copyOfRange(text, from, end + 1); // with its end, or a NUL in its place
            line[line.length - 1] = '\n';
            log.line(Arrays.copyOf(line, line.length - 1));
            out.message(MessageTag.ERROR, line);
            from = end + 1;
        }
        Farewell.send(out, code, request.sending());
        return code;
    }

    private ExitCode transfer(
            Connection connection, TransferOptions options, RequestArguments request, ServerArguments arguments)
            throws IOException {
        try (ModuleIdNames names = ModuleIdNames.of(admission, request)) { // whose program is not the module's user
            return Confinement.run(module, () -> transfer(connection, options, request, arguments, names.names()));
        }
    }

    private ExitCode transfer(
            Connection connection,
            TransferOptions options,
            RequestArguments request,
            ServerArguments arguments,
            IdNames names)
            throws IOException {
        boolean sending = connection.session().side() == Side.SENDER;
        @Nullable Identity previous = assume();
        try (FileTree tree = admission.module().treeFor(connection.session().side())) {
            List<byte[]> paths = new PathArguments(
                            admission.module(), options.selection().relative())
                    .expand(arguments.paths(), !request.secluded());
            FilterList rules = new RequestedRules(admission.module(), tree)
                    .read(arguments.rules(), options.selection().from0());
            List<byte[]> listed = ListedNames.of(tree, admission.module(), options.selection());
            log.line(sending ? "building file list" : "receiving file list");
            if (!sending && !paths.isEmpty() && admission.module().excludes(paths.getFirst())) {
                String path = new String(paths.getFirst(), StandardCharsets.UTF_8);
                String text = "ERROR: daemon has excluded destination \"" + path + "\"";
                return refuse(new PermissionException(ExitCode.FILE_SELECT, text), request);
            }
            try (TransferLog listener = new TransferLog(
                    admission, connection.session(), options, paths, cause -> brokenOff(cause, sending))) {
                TransferResult result = sending
                        ? new SendingSide(connection, options, listener, names)
                                .run(sources(tree, paths, rules, listed, options.selection()))
                        : new ReceivingSide(connection, options, listener, names)
                                .run(destination(tree, paths, rules, listed));
                totalSize = result.statistics().totalSize();
                files = result.statistics().transferredFiles();
                finished = true;
                reusable = connection.session().reusable() && result.exitCode() == ExitCode.OK;
                return result.exitCode();
            }
        } catch (RequestedRules.RejectedException | ListedNames.UnreadableException e) {
            return refuse(e, request);
        } finally {
            if (previous != null) {
                previous.close();
            }
        }
    }

    /** With {@code -C} each sender knows what CVS ignores where it is. */
    private SendingSide.Sources sources(
            FileTree tree, List<byte[]> paths, FilterList rules, List<byte[]> listed, SelectionOptions selection)
            throws IOException {
        FilterList cvs = selection.cvsExclude()
                ? FilterList.ofCvs(new CvsPatterns(admission.module(), tree).read())
                : FilterList.EMPTY;
        return new SendingSide.Sources(
                tree, paths, rules.withUnsent(cvs), admission.module().filters(), listed, label(tree));
    }

    private ReceivingSide.Destination destination(
            FileTree tree, List<byte[]> paths, FilterList rules, List<byte[]> listed) {
        byte[] path = paths.isEmpty() ? bytes(".") : paths.getFirst();
        return new ReceivingSide.Destination(
                tree, path, rules, admission.module().filters(), listed, label(tree));
    }

    /** A module that is the root of all paths is shown as that. */
    private PathLabel label(FileTree tree) {
        return new PathLabel(bytes(tree.policy() == TreePolicy.ROOTED ? "/" : ""), module.name());
    }

    private @Nullable Identity assume() throws IOException {
        return admission.module().credentials().isPresent()
                ? admission.module().credentials().get().assume()
                : null;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
