package io.sluice.daemon.net;

import io.sluice.daemon.access.HostAccess;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.Authentication;
import io.sluice.daemon.auth.CertificateCheck;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.files.ConnectionSlot;
import io.sluice.daemon.files.OperatorFile;
import io.sluice.daemon.hook.ConnectionFacts;
import io.sluice.daemon.hook.ConnectionHooks;
import io.sluice.daemon.hook.UnsafeValueException;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.Farewell;
import io.sluice.daemon.module.OpenModule;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.session.Greeting;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The lines between a client and the daemon, one step for each that the client sends. Steps may take long (they ask resolvers and user databases) but
 * never wait for the peer; they are called one after the other.
 *
 * <pre>{@code
 *  daemon                                     client
 *  @RSYNCD: 32.0 sha512 …  message of the day
 *                                             @RSYNCD: 32.0 sha512 …
 *                                             module                       or #list
 *  @RSYNCD: AUTHREQD challenge                                             if the module has users
 *                                             user response
 *  @RSYNCD: OK                                                             or @ERROR: …
 *                                             arguments, each with a NUL, then one more NUL
 * }</pre>
 */
final class Conversation implements AutoCloseable {
    /** Bytes of one line or argument. */
    static final int MAX_ITEM = 5 * 1024;

    private static final String AUTHENTICATION_REQUIRED = "@RSYNCD: AUTHREQD ";
    private static final String EARLY_INPUT = "#early_input=";
    private static final int MAX_MOTD = 64 * 1024;

    private final ConversationContext context;
    private final Log log;
    private State state = State.GREETING;
    private Peer peer;

    private @Nullable Greeting greeting;
    private ProtocolVersion version = ProtocolVersion.NEWEST;
    private @Nullable Login login;
    private @Nullable ModuleConfiguration module;
    private @Nullable OpenModule open;
    private Optional<ConnectionSlot> slot = Optional.empty();
    private ConnectionHooks hooks = ConnectionHooks.NONE;
    private int earlyLength;
    private byte[] earlyInput = {};
    private Log moduleLog;
    private String user = "";
    private byte[] userBytes = {};
    private Permission permission = Permission.MODULE;
    private final ArgumentLists arguments = new ArgumentLists();

    private enum State {
        GREETING,
        EARLY_INPUT,
        MODULE,
        RESPONSE,
        ARGUMENTS
    }

    Conversation(ConversationContext context) {
        this.context = context;
        log = context.log();
        moduleLog = log;
        peer = new Peer(context.address(), Peer.UNDETERMINED);
    }

    /** What ends the next item: a newline, or NUL for arguments (before protocol 30 for secluded ones only). */
    byte terminator() {
        boolean nul = state == State.ARGUMENTS && (version.endsArgumentsWithNul() || arguments.areSecluded());
        return (byte) (nul ? 0 : '\n');
    }

    /** Of how many bytes the next item is, if it has no terminator. */
    OptionalInt countedBytes() {
        return state == State.EARLY_INPUT ? OptionalInt.of(earlyLength) : OptionalInt.empty();
    }

    /** Whether the next step surely takes no time. */
    boolean isQuick() {
        return state == State.ARGUMENTS;
    }

    /** Counts the parts of the conversation that a peer has a time of its own for: until it has a module, to answer, and to send its arguments. */
    int phase() {
        return state == State.ARGUMENTS ? 2 : state == State.RESPONSE ? 1 : 0;
    }

    /** Seconds for the present phase; 0: the daemon's own. */
    int timeout() {
        ModuleConfiguration entered = module;
        return entered == null
                ? context.configuration().timeout()
                : entered.limits().timeout();
    }

    /** The daemon's first words. */
    Reply begin() {
        DaemonConfiguration configuration = context.configuration();
        if (configuration.reverseLookup()) {
            peer = new Peer(peer.address(), context.names().nameOf(peer.address()));
        }
        log.line("connect from " + peer.describe());
        StringBuilder text = new StringBuilder();
        text.append(Greeting.ours(ProtocolVersion.NEWEST).format()).append('\n');
        if (!configuration.motdFile().isEmpty()) {
            text.append(messageOfTheDay(configuration.motdFile())).append('\n');
        }
        return new Reply(text.toString().getBytes(StandardCharsets.ISO_8859_1), new Reply.Listen());
    }

    private static String messageOfTheDay(String file) {
        try {
            return new String(OperatorFile.read(file, MAX_MOTD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // as rsync: a message that cannot be read is none
        }
    }

    /** Takes one line or argument, without its terminator. */
    Reply step(byte[] item) {
        return guarded(() -> switch (state) {
            case GREETING -> greeting(text(item));
            case EARLY_INPUT -> earlyInput(item);
            case MODULE -> module(text(item));
            case RESPONSE -> response(item);
            case ARGUMENTS -> argument(item);
        });
    }

    /** Makes last words of what goes wrong. */
    private Reply guarded(Reply.Step step) {
        try {
            return step.take();
        } catch (UnsafeValueException e) {
            hooks.setStatus(ExitCode.UNSUPPORTED.value());
            moduleLog.line(String.valueOf(e.getMessage()));
            moduleLog.line(Farewell.line(ExitCode.UNSUPPORTED, false));
            return Reply.hangUp("");
        } catch (RefusedException e) {
            hooks.setStatus(ConnectionHooks.REFUSED);
            if (!e.logLine().isEmpty()) {
                moduleLog.line(e.logLine());
            }
            return Reply.hangUp(e.answer());
        } catch (ConfigurationException e) {
            hooks.setStatus(ConnectionHooks.REFUSED);
            moduleLog.line(String.valueOf(e.getMessage()));
            return Reply.hangUp("@ERROR: daemon configuration error -- contact admin\n");
        } catch (IOException e) {
            hooks.setStatus(ConnectionHooks.REFUSED);
            moduleLog.line("rsync: " + e.getMessage());
            return Reply.hangUp("@ERROR: daemon internal error -- contact admin\n");
        }
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).replace("\r", "");
    }

    private static byte[] withoutReturns(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).replace("\r", "").getBytes(StandardCharsets.ISO_8859_1);
    }

    private Reply greeting(String line) throws RefusedException {
        GreetingCheck.check(line);
        try {
            greeting = Greeting.parse(line);
            version = greeting.negotiate(ProtocolVersion.NEWEST);
        } catch (ProtocolException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), "");
        }
        state = State.MODULE;
        return Reply.listen("");
    }

    private Reply module(String name) throws IOException {
        if (name.isEmpty() || name.equals("#list")) {
            log.line("module-list request from " + peer.describe());
            return Reply.hangUp(listing());
        }
        if (name.startsWith(EARLY_INPUT) && earlyLength == 0) {
            earlyLength = EarlyInputLength.parse(name.substring(EARLY_INPUT.length()));
            state = State.EARLY_INPUT;
            return Reply.listen("");
        }
        if (name.startsWith("#")) {
            throw new RefusedException("Unknown command '" + name + "'", "");
        }
        Optional<ModuleConfiguration> known = context.configuration().module(name);
        if (known.isEmpty()) {
            throw new RefusedException(
                    "Unknown module '" + name + "'", "unknown module '" + name + "' tried from " + peer.describe());
        }
        if (known.get().access().reverseLookup() && peer.host().equals(Peer.UNDETERMINED)) {
            peer = new Peer(peer.address(), context.names().nameOf(peer.address()));
        }
        ModuleConfiguration entered = known.get().forConnection(variables(name));
        module = entered;
        requireAccess(entered);
        log.line("rsync allowed access on module " + name + " from " + peer.describe());
        claim(entered);
        return authenticate(entered);
    }

    private Reply earlyInput(byte[] bytes) {
        earlyInput = bytes;
        state = State.MODULE;
        return Reply.listen("");
    }

    private Reply authenticate(ModuleConfiguration entered) throws IOException {
        if (!entered.authentication().required()) {
            return enter(entered);
        }
        Optional<Authentication.Outcome> decided =
                CertificateCheck.check(entered.authentication(), context.certificate());
        return decided.isPresent() ? enter(entered, decided.get()) : challenge(entered);
    }

    private String listing() {
        StringBuilder text = new StringBuilder();
        for (ModuleConfiguration listed : context.configuration().modules()) {
            if (listed.listed()) {
                text.append(String.format(Locale.ROOT, "%-15s\t", listed.name()));
                text.append(listed.comment()).append('\n');
            }
        }
        return text.append("@RSYNCD: EXIT\n").toString();
    }

    private Map<String, String> variables(String name) {
        return Map.of(
                "RSYNC_MODULE_NAME", name,
                "RSYNC_HOST_NAME", peer.host(),
                "RSYNC_HOST_ADDR", peer.addressText());
    }

    private void requireAccess(ModuleConfiguration entered) throws RefusedException {
        HostAccess access = new HostAccess(entered.access(), context.names());
        access.complaints().forEach(log::line);
        if (access.allows(peer)) {
            return;
        }
        String answer = entered.listed()
                ? "access denied to " + entered.name() + " from " + peer.describe()
                : "Unknown module '" + entered.name() + "'";
        throw new RefusedException(answer, "rsync denied on module " + entered.name() + " from " + peer.describe());
    }

    private void claim(ModuleConfiguration entered) throws RefusedException {
        int max = entered.limits().maxConnections();
        if (max == 0) {
            return;
        }
        String lockFile = entered.limits().lockFile();
        try {
            slot = ConnectionSlot.claim(lockFile, max);
        } catch (IOException e) {
            throw new RefusedException(
                    "failed to open lock file", "failed to open lock file " + lockFile + ": " + e.getMessage());
        }
        if (slot.isEmpty()) {
            String reached = "max connections (" + max + ") reached";
            throw new RefusedException(reached + " -- try again later", reached);
        }
    }

    private Reply challenge(ModuleConfiguration entered) throws RefusedException {
        Login begun = new Login(entered, peer, required(greeting), context.random());
        login = begun;
        state = State.RESPONSE;
        return Reply.listen(AUTHENTICATION_REQUIRED + begun.challenge() + "\n");
    }

    private Reply response(byte[] line) throws IOException {
        byte[] answer = withoutReturns(line);
        userBytes = required(login).user(answer);
        return enter(required(module), required(login).check(answer));
    }

    private Reply enter(ModuleConfiguration entered, Authentication.Outcome outcome) throws IOException {
        switch (outcome) {
            case Authentication.Granted granted -> {
                user = granted.user();
                permission = granted.permission();
            }
            case Authentication.Refused refused -> {
                List<String> lines = refused.logLines();
                lines.subList(0, lines.size() - 1).forEach(moduleLog::line);
                throw Login.refused(entered, peer, " for " + refused.user() + ": " + lines.getLast());
            }
        }
        return enter(entered);
    }

    private Reply enter(ModuleConfiguration entered) throws IOException {
        Map<String, String> variables = new HashMap<>(variables(entered.name()));
        variables.put("RSYNC_USER_NAME", user);
        variables.put(
                "RSYNC_MODULE_PATH", entered.forConnection(variables).tree().shownPath());
        ModuleConfiguration own = entered.forConnection(variables);
        module = own;
        moduleLog = log.in(own.log().target());
        OpenModule.Prepared prepared = OpenModule.prepare(own);
        hooks = ConnectionHooks.of(own.hooks(), facts(own), context.hooks());
        return hooks.hasEarly()
                ? new Reply(new byte[0], new Reply.Aside(() -> guarded(() -> runEarly(prepared))))
                : open(prepared);
    }

    private ConnectionFacts facts(ModuleConfiguration own) {
        byte[] name = userBytes.length > 0 ? userBytes : user.getBytes(StandardCharsets.UTF_8);
        return new ConnectionFacts(
                own.name(), own.tree().path(), peer.addressText(), peer.host(), name, moduleLog.number());
    }

    private Reply runEarly(OpenModule.Prepared prepared) throws IOException {
        int status = hooks.runEarly(earlyInput);
        if (status != 0) {
            throw new RefusedException("early exec failed", "rsync: [Receiver] early exec failed: status " + status);
        }
        return open(prepared);
    }

    private Reply open(OpenModule.Prepared prepared) throws IOException {
        open = prepared.open();
        state = State.ARGUMENTS;
        return Reply.listen("@RSYNCD: OK\n");
    }

    private Reply argument(byte[] argument) throws RefusedException {
        if (!arguments.add(argument)) {
            return Reply.listen("");
        }
        Admission admission = new Admission(
                peer, moduleLog, required(open), slot, hooks, user, permission, version, arguments.complete());
        open = null;
        slot = Optional.empty();
        hooks = ConnectionHooks.NONE;
        return new Reply(new byte[0], new Reply.HandOver(admission));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("conversation: a step out of order");
        }
        return value;
    }

    /** The peer takes too long. */
    void runsOutOfTime() {
        moduleLog.warning("[Receiver] daemon handshake timeout -- exiting");
        hooks.setStatus(ExitCode.TIMEOUT.value());
    }

    /** Gives back what was claimed and not handed over. */
    @Override
    public void close() throws IOException {
        ConnectionHooks last = hooks;
        hooks = ConnectionHooks.NONE;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            last.end(slot.isPresent() ? slot.get() : () -> {});
        }
    }
}
