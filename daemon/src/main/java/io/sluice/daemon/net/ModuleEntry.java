package io.sluice.daemon.net;

import io.sluice.daemon.access.HostAccess;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.Authentication;
import io.sluice.daemon.auth.CertificateCheck;
import io.sluice.daemon.auth.UserName;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.files.ConnectionSlot;
import io.sluice.daemon.hook.ConnectionFacts;
import io.sluice.daemon.hook.ConnectionHooks;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.OpenModule;
import io.sluice.daemon.module.Readmission;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.session.Greeting;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A peer's way into a module: {@link #request}, {@link #answer} if that asks for one, {@link #prepare}, {@link #runEarly} if there is an early command,
 * {@link #requireTree}, {@link #admit}. What it claims on the way is given back by {@link #close} unless it was handed over. Each step may take long, but waits
 * for no peer; one that refuses throws a {@link RefusedException}.
 */
final class ModuleEntry implements AutoCloseable {
    private final ConversationContext context;
    private final Peer peer;
    private ModuleConfiguration module;
    private Log log;

    private Optional<ConnectionSlot> slot = Optional.empty();
    private ConnectionHooks hooks = ConnectionHooks.NONE;
    private @Nullable Login login;
    private UserName user = UserName.NONE;
    private Permission permission = Permission.MODULE;
    /** The user's, if they were asked for. */
    private Optional<List<String>> groups = Optional.empty();

    private OpenModule.@Nullable Prepared prepared;
    /** Why the peer is let in; empty: it cannot be told later whether that still holds. */
    private Optional<SameUser.Grounds> grounds = Optional.empty();

    ModuleEntry(ConversationContext context, ModuleConfiguration named, Peer peer) throws ConfigurationException {
        this.context = context;
        this.peer = peer;
        module = named.forConnection(variables(named.name()));
        log = context.log();
    }

    private Map<String, byte[]> variables(String name) {
        return Map.of(
                "RSYNC_MODULE_NAME", bytes(name),
                "RSYNC_HOST_NAME", bytes(peer.host()),
                "RSYNC_HOST_ADDR", bytes(peer.addressText()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The module's log once the peer is in it, the connection's before. */
    Log log() {
        return log;
    }

    /** Seconds for each step of the peer's; 0: the daemon's own. */
    int timeout() {
        return module.limits().timeout();
    }

    /** Lets the peer in as far as its address goes, and counts it; what it must answer then, if the module wants to know who it is. */
    Optional<String> request(Greeting greeting) throws RefusedException {
        requireAccess();
        log.line("rsync allowed access on module " + module.name() + " from " + peer.describe());
        claim();
        context.directories().accounts().renew(); // as rsync's daemon, which has a process for each connection
        if (context.current().isPresent()) {
            grounds = groundsNow();
        }
        if (!module.authentication().required()) {
            return Optional.empty();
        }
        Optional<Authentication.Outcome> decided =
                CertificateCheck.check(module.authentication(), context.certificate());
        if (decided.isPresent()) {
            take(decided.get());
            return Optional.empty();
        }
        Login begun = new Login(module, peer, greeting, context.random());
        login = begun;
        return Optional.of(begun.challenge());
    }

    private void requireAccess() throws RefusedException {
        HostAccess access =
                new HostAccess(module.access(), context.directories().names());
        access.complaints().forEach(log::line);
        if (access.allows(peer)) {
            return;
        }
        String answer = module.listed()
                ? "access denied to " + module.name() + " from " + peer.describe()
                : "Unknown module '" + module.name() + "'";
        throw new RefusedException(answer, "rsync denied on module " + module.name() + " from " + peer.describe());
    }

    private Optional<SameUser.Grounds> groundsNow() {
        try {
            return Optional.of(SameUser.Grounds.of(module));
        } catch (IOException e) {
            return Optional.empty(); // as a login will tell
        }
    }

    private void claim() throws RefusedException {
        int max = module.limits().maxConnections();
        if (max == 0) {
            return;
        }
        String lockFile = module.limits().lockFile();
        try {
            slot = ConnectionSlot.claim(lockFile, max);
        } catch (IOException e) {
            throw new RefusedException(
                    "failed to open lock file",
                    "rsync: [Receiver] failed to open lock file " + lockFile + ": " + RefusedException.reason(e));
        }
        if (slot.isEmpty()) {
            String reached = "max connections (" + max + ") reached";
            throw new RefusedException(reached + " -- try again later", reached);
        }
    }

    /** Whether {@link #answer} or {@link #prepare} may ask for users and groups, of which the peer may make up some. */
    boolean asksAccounts() {
        return Authentication.asksAccounts(module.authentication()) || OpenModule.asksAccounts(module);
    }

    /** Takes the answer, {@code user response}. */
    void answer(byte[] line) throws RefusedException {
        Login begun = required(login);
        AskedGroups accounts = new AskedGroups(context.directories().accounts());
        take(begun.check(line, accounts));
        groups = accounts.groups();
    }

    private void take(Authentication.Outcome outcome) throws RefusedException {
        switch (outcome) {
            case Authentication.Granted granted -> {
                user = granted.user();
                permission = granted.permission();
            }
            case Authentication.Refused refused -> {
                List<String> lines = refused.logLines();
                lines.subList(0, lines.size() - 1).forEach(log::line);
                ByteArrayOutputStream reason = new ByteArrayOutputStream();
                reason.writeBytes(bytes(" for "));
                reason.writeBytes(refused.user().bytes());
                reason.writeBytes(bytes(": " + lines.getLast()));
                throw Login.refused(module, peer, reason.toByteArray());
            }
        }
    }

    /**
     * Makes the module this connection's own; from here on its commands run, and its log is told.
     *
     * @return whether there is an early command
     */
    boolean prepare() throws IOException {
        Map<String, byte[]> variables = new HashMap<>(variables(module.name()));
        variables.put("RSYNC_USER_NAME", user.bytes());
        variables.put(
                "RSYNC_MODULE_PATH", module.forConnection(variables).tree().path());
        module = module.forConnection(variables);
        Log outside = log;
        log = log.in(module.log().target());
        prepared = OpenModule.prepare(module, context.directories().accounts());
        if (OpenModule.lacksRoot(module.tree())) {
            outside.line("chroot test failed: Operation not permitted. Switching 'use chroot' from unset to false.");
        }
        if (!module.tree().nameConverter().isEmpty()) {
            var _ = context.hooks().root().enter(module.hooks().chroot());
        }
        hooks = ConnectionHooks.of(module.hooks(), facts(), context.hooks());
        return hooks.hasEarly();
    }

    private ConnectionFacts facts() {
        return new ConnectionFacts(
                module.name(), module.tree().path(), peer.addressText(), peer.host(), user.bytes(), log.number());
    }

    /** Runs the early command, with what the peer sent for it. */
    void runEarly(byte[] input) throws IOException {
        int status = hooks.runEarly(input);
        if (status != 0) {
            throw new RefusedException("early exec failed", "rsync: [Receiver] early exec failed: status " + status);
        }
    }

    /** Refuses who would find no module; it does not stay open, as a peer may take its time with its arguments and is to cost no descriptor for that. */
    void requireTree() throws IOException {
        required(prepared).open().close();
    }

    /** Opens the module and hands all over to a transfer. */
    Admission admit(ProtocolVersion version, Admission.Arguments arguments) throws IOException {
        OpenModule open = required(prepared).open();
        Admission admission = new Admission(
                peer,
                log,
                open,
                slot,
                hooks,
                context.hooks().root(),
                user,
                permission,
                version,
                arguments,
                readmission(version));
        slot = Optional.empty();
        hooks = ConnectionHooks.NONE;
        return admission;
    }

    private Optional<Readmission> readmission(ProtocolVersion version) {
        SameUser.Admitted admitted = new SameUser.Admitted(peer, log, module, user, groups, permission, version);
        return context.current().isPresent() && grounds.isPresent() && admitted.isPlain()
                ? Optional.of(new SameUser(context, context.current().get(), grounds.get(), admitted))
                : Optional.empty();
    }

    /** With what status the module's commands are told that the connection has ended. */
    void setStatus(int status) {
        hooks.setStatus(status);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("module entry: a step out of order");
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        ConnectionHooks last = hooks;
        hooks = ConnectionHooks.NONE;
        last.end(slot.isPresent() ? slot.get() : () -> {});
    }
}
