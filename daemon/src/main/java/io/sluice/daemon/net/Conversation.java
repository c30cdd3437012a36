package io.sluice.daemon.net;

import io.sluice.daemon.access.HostAccess;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.files.OperatorFile;
import io.sluice.daemon.hook.ConnectionHooks;
import io.sluice.daemon.hook.UnsafeValueException;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.Farewell;
import io.sluice.daemon.module.RefusedException;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.session.Greeting;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The lines between a client and the daemon, one step for each that the client sends. Steps never wait for the peer, and what may
 * have to wait for others, resolvers and user databases, is a step of its own that they answer with; they are called one after the other.
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
    private int earlyLength;
    private byte[] earlyInput = {};
    private @Nullable ModuleEntry entry;
    private final ArgumentLists arguments;

    private enum State {
        GREETING,
        EARLY_INPUT,
        MODULE,
        RESPONSE,
        ARGUMENTS,
        /** The peer has said all. */
        COMPLETE
    }

    Conversation(ConversationContext context) {
        this.context = context;
        log = context.log();
        arguments = new ArgumentLists(context.memory());
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
        return state == State.ARGUMENTS || state == State.COMPLETE ? 2 : state == State.RESPONSE ? 1 : 0;
    }

    /** Seconds for the present phase; 0: the daemon's own. */
    int timeout() {
        return entry == null ? context.configuration().timeout() : entry.timeout();
    }

    /** The daemon's first words. */
    Reply begin() {
        if (!context.configuration().reverseLookup()) {
            return greet();
        }
        return Reply.next(new Reply.LookUp(Reply.Source.RESOLVER, peer.address(), () -> {
            findName();
            return greet();
        }));
    }

    private void findName() {
        peer = new Peer(peer.address(), context.directories().names().nameOf(peer.address()));
    }

    private Reply greet() {
        DaemonConfiguration configuration = context.configuration();
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
        if ((state == State.GREETING || state == State.MODULE) && holdsNul(item)) {
            return Reply.hangUp(""); // which is no line, and what it would be shown as is anybody's guess
        }
        return guarded(() -> switch (state) {
            case GREETING -> greeting(text(item));
            case EARLY_INPUT -> earlyInput(item);
            case MODULE -> module(text(item));
            case RESPONSE -> response(item);
            case ARGUMENTS -> argument(item);
            case COMPLETE -> throw new IllegalStateException("conversation: an item after the last");
        });
    }

    /** Makes last words of what goes wrong. */
    private Reply guarded(Reply.Step step) {
        try {
            return step.take();
        } catch (UnsafeValueException e) {
            ended(ExitCode.UNSUPPORTED.value(), String.valueOf(e.getMessage()));
            log().line(Farewell.line(ExitCode.UNSUPPORTED, false));
            return Reply.hangUp("");
        } catch (RefusedException e) {
            ended(ConnectionHooks.REFUSED, e.logBytes());
            context.events().refused(Refusals.kind(e));
            return Reply.hangUp(e.answer());
        } catch (ConfigurationException e) {
            ended(ConnectionHooks.REFUSED, String.valueOf(e.getMessage()));
            return Reply.hangUp("@ERROR: daemon configuration error -- contact admin\n");
        } catch (IOException e) {
            ended(ConnectionHooks.REFUSED, "rsync: " + e.getMessage());
            return Reply.hangUp("@ERROR: daemon internal error -- contact admin\n");
        }
    }

    private void ended(int status, String line) {
        ended(status, line.getBytes(StandardCharsets.UTF_8));
    }

    private void ended(int status, byte[] line) {
        if (entry != null) {
            entry.setStatus(status);
        }
        if (line.length > 0) {
            log().line(line);
        }
    }

    private Log log() {
        return entry == null ? log : entry.log();
    }

    private static boolean holdsNul(byte[] line) {
        for (byte each : line) {
            if (each == 0) {
                return true;
            }
        }
        return false;
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
        ModuleConfiguration module = known.get();
        boolean unnamed = module.access().reverseLookup() && peer.host().equals(Peer.UNDETERMINED);
        if (!unnamed && !HostAccess.asksResolver(module.access())) {
            return request(module);
        }
        return Reply.next(new Reply.LookUp(
                Reply.Source.RESOLVER,
                peer.address(),
                () -> guarded(() -> {
                    if (unnamed) {
                        findName();
                    }
                    return request(module);
                })));
    }

    private Reply request(ModuleConfiguration module) throws IOException {
        ModuleEntry entered = new ModuleEntry(context, module, peer);
        entry = entered;
        Optional<String> challenge = entered.request(required(greeting));
        if (challenge.isPresent()) {
            state = State.RESPONSE;
            return Reply.listen(AUTHENTICATION_REQUIRED + challenge.get() + "\n");
        }
        return asked(entered, () -> enter(entered));
    }

    private Reply earlyInput(byte[] bytes) {
        earlyInput = bytes;
        state = State.MODULE;
        return Reply.listen("");
    }

    private Reply response(byte[] line) throws IOException {
        ModuleEntry entered = required(entry);
        return asked(entered, () -> {
            entered.answer(withoutReturns(line));
            return enter(entered);
        });
    }

    /** A step that may ask for users and groups, if the module names any. */
    private Reply asked(ModuleEntry entered, Reply.Step step) throws IOException {
        return entered.asksAccounts()
                ? Reply.next(new Reply.LookUp(Reply.Source.ACCOUNTS, peer.address(), () -> guarded(step)))
                : step.take();
    }

    private Reply enter(ModuleEntry entered) throws IOException {
        if (!entered.prepare()) {
            return open(entered);
        }
        Reply.Step early = () -> {
            entered.runEarly(earlyInput);
            return open(entered);
        };
        return Reply.next(new Reply.Aside(() -> guarded(early)));
    }

    private Reply open(ModuleEntry entered) throws IOException {
        entered.requireTree();
        state = State.ARGUMENTS;
        return Reply.listen("@RSYNCD: OK\n");
    }

    private Reply argument(byte[] argument) throws RefusedException {
        if (!arguments.add(argument)) {
            return Reply.listen("");
        }
        state = State.COMPLETE;
        return Reply.next(new Reply.GoOn(() -> guarded(this::handOver)));
    }

    private Reply handOver() throws IOException {
        Admission admission = required(entry).admit(version, arguments.complete());
        arguments.close();
        return Reply.next(new Reply.HandOver(admission));
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

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("conversation: a step out of order");
        }
        return value;
    }

    /** The peer takes too long. */
    void runsOutOfTime() {
        context.events().refused(DaemonEvents.Refusal.TIMEOUT);
        log().warning("[Receiver] daemon handshake timeout -- exiting");
        if (entry != null) {
            entry.setStatus(ExitCode.TIMEOUT.value());
        }
    }

    /** Gives back what was claimed and not handed over. */
    @Override
    public void close() throws IOException {
        arguments.close();
        if (entry != null) {
            entry.close();
        }
    }
}
