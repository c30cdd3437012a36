package io.sluice.daemon.hook;

import io.sluice.daemon.config.HookRules;
import io.sluice.daemon.hook.HookShell.Ended;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of a module around one connection. They run as the user who started the daemon, whoever the module's files are used as.
 *
 * <pre>
 *  module entered ── early exec ── arguments ── pre-xfer exec ── transfer ──┐
 *                        └ failed, refused, or the peer is gone ────────────┴── post-xfer exec
 * </pre>
 */
public final class ConnectionHooks {
    private static final byte[] NOTHING = {};

    /** None at all. */
    public static final ConnectionHooks NONE = new ConnectionHooks();

    /** The status of a connection that is refused with {@code @ERROR}: rsync's process then ends with -1. */
    public static final int REFUSED = 255;

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionHooks.class);
    private static final String NO_HOOKS = "RSYNC_NO_XFER_EXEC";
    private static final int STATUS_SHIFT = 8;
    private static final int FAILED = 1 << STATUS_SHIFT;
    private static final int PEER_GONE = 12;

    private final HookRules rules;
    private final HookShell shell;
    private final HookThreads threads;
    private final Map<String, byte[]> variables = new HashMap<>();
    private final Map<String, byte[]> known = new HashMap<>();
    private byte[] early = NOTHING;
    private byte @Nullable [] before;
    private byte[] after = NOTHING;
    private volatile int status = PEER_GONE;

    private ConnectionHooks() {
        rules = new HookRules(NOTHING, NOTHING, NOTHING, Map.of(), "");
        shell = new HookShell(Map.of(), true, Optional.empty());
        threads = new HookThreads();
        before = NOTHING;
    }

    private ConnectionHooks(HookRules rules, ConnectionFacts facts, HookSetting setting) throws IOException {
        this.rules = rules;
        shell = new HookShell(rules.variables(), setting.quiet(), setting.root().enter(rules.chroot()));
        threads = setting.threads();
        variables.putAll(facts.variables());
        rules.variables().forEach((name, value) -> known.put(name, value.getBytes(StandardCharsets.UTF_8)));
        known.putAll(variables);
    }

    /**
     * Those of a connection that was let in.
     *
     * @throws UnsafeValueException if a variable must not be put into a command; nothing was run then, and nothing will be
     * @throws IOException if commands cannot be run where they have to
     */
    public static ConnectionHooks of(HookRules rules, ConnectionFacts facts, HookSetting setting) throws IOException {
        if (rules.isEmpty() || rules.variables().containsKey(NO_HOOKS)) {
            return NONE;
        }
        ConnectionHooks hooks = new ConnectionHooks(rules, facts, setting);
        hooks.early = hooks.command(rules.early());
        if (hooks.early.length == 0) {
            hooks.before = hooks.command(rules.before());
        }
        hooks.after = hooks.command(rules.after());
        return hooks;
    }

    private byte[] command(byte[] template) throws UnsafeValueException {
        return CommandTemplate.expand(template, known);
    }

    /** Whether {@link #runEarly} has anything to do. */
    public boolean hasEarly() {
        return early.length > 0;
    }

    /**
     * Runs {@code early exec}.
     *
     * @param input that the client sent for it
     * @return its status as {@code wait(2)} tells it; 0: the connection may go on
     * @throws UnsafeValueException if a variable must not be put into the next command
     */
    public int runEarly(byte[] input) throws IOException {
        Map<String, byte[]> own = new HashMap<>(variables);
        own.put("RSYNC_REQUEST", bytes("(NONE)"));
        try {
            int ended = shell.run(early, own, input).status();
            if (ended == 0) {
                before = command(rules.before());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Whether {@link #runBefore} has anything to do. */
    public boolean hasBefore() {
        return before != null && before.length > 0;
    }

    /**
     * Runs {@code pre-xfer exec}.
     *
     * @param request the paths as the client asked for them
     * @param arguments the client's, paths last
     * @return what the client is told, some lines; empty: the transfer may begin
     */
    public Optional<byte[]> runBefore(byte[] request, List<byte[]> arguments) throws IOException {
        byte[] command = before;
        if (command == null || command.length == 0) {
            return Optional.empty();
        }
        Map<String, byte[]> own = new HashMap<>(variables);
        own.put("RSYNC_REQUEST", request);
        own.put("RSYNC_ARG0", bytes("rsyncd"));
        for (int i = 0; i < arguments.size(); i++) {
            own.put("RSYNC_ARG" + (i + 1), arguments.get(i));
        }
        try {
            Ended ended = shell.read(command, own);
            return ended.status() == 0 ? Optional.empty() : Optional.of(failure(ended));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(failure(new Ended(FAILED, NOTHING)));
        }
    }

    /** rsync sees a shell of its own between, which makes a failure of what a signal ended. */
    private static byte[] failure(Ended ended) {
        int code = ended.status() >> STATUS_SHIFT;
        boolean said = ended.output().length > 0;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(bytes("pre-xfer exec returned failure (" + (code == 0 ? FAILED : code << STATUS_SHIFT) + ")"
                + (said ? ":" : "") + "\n"));
        for (int i = 0; i < ended.output().length; i++) {
            byte c = ended.output()[i];
            if (c != '\r' || i + 1 == ended.output().length || ended.output()[i + 1] != '\n') {
                text.write(c);
            }
        }
        return text.toByteArray();
    }

    /**
     * Tells how the connection will have ended.
     *
     * @param code the exit code that rsync's process would have; a connection of which nothing is told ended because the peer was gone
     */
    public void setStatus(int code) {
        if (this != NONE) {
            status = code;
        }
    }

    /** The connection is over: runs {@code post-xfer exec} without waiting for it, and then closes {@code held}. */
    public void end(Closeable held) throws IOException {
        if (after.length == 0) {
            held.close();
            return;
        }
        threads.start(() -> {
            try (held) {
                runAfter();
            } catch (IOException e) {
                LOGGER.warn("post-xfer exec", e);
            }
        });
    }

    private void runAfter() throws IOException {
        Map<String, byte[]> own = new HashMap<>(variables);
        own.put("RSYNC_RAW_STATUS", bytes(Integer.toString(status << STATUS_SHIFT)));
        own.put("RSYNC_EXIT_STATUS", bytes(Integer.toString(status)));
        try {
            var _ = shell.run(after, own, NOTHING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the daemon is ending
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
