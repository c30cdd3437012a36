package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import io.sluice.protocol.session.Greeting;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.transfer.HandshakeTrace;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a client says to a daemon before the transfer:
 *
 * <pre>
 * client: @RSYNCD: 32.0 sha512 …   daemon: @RSYNCD: 32.0 sha512 …
 * client: module                   daemon: text of the day, then @RSYNCD: AUTHREQD challenge
 * client: user response            daemon: @RSYNCD: OK, or @ERROR: text, or (listing) @RSYNCD: EXIT
 * client: arguments, each with a NUL (before protocol 30 a newline), and one more
 * </pre>
 *
 * The first two lines go out in one write, as the module's name depends on nothing the daemon says.
 */
public final class DaemonLogin {
    private static final int MAX_LINE = 8192;
    private static final String AUTHENTICATE = "@RSYNCD: AUTHREQD ";

    private final WireInput in;
    private final WireOutput out;
    private final ProtocolVersion newest;
    private final Consumer<byte[]> messages;
    private HandshakeTrace trace = HandshakeTrace.ofClient(TransferOptions.DEFAULT, text -> {});

    /**
     * @param newest the newest version to offer
     * @param messages receives each line of the daemon's text, without newline
     */
    public DaemonLogin(WireInput in, WireOutput out, ProtocolVersion newest, Consumer<byte[]> messages) {
        this.in = in;
        this.out = out;
        this.newest = newest;
        this.messages = messages;
    }

    /** Lets {@code other} hear of digests. */
    DaemonLogin reportingTo(HandshakeTrace other) {
        trace = other;
        return this;
    }

    /** Whom to log in as. */
    public record Account(String user, PasswordSource passwords) {}

    /** How the daemon took it: it waits for arguments, or it has said what it had to say. */
    public enum Answer {
        READY,
        DONE
    }

    /** The daemon's greeting, the version to use, and whether it waits for the arguments now. */
    public record Result(Greeting greeting, ProtocolVersion agreed, Answer answer) {}

    /**
     * Names the module and proves who we are. An empty module asks for the list of modules, which arrives as messages.
     *
     * @throws ClientException with code 5 and the daemon's words if it refuses
     */
    public Result login(byte[] module, Account account) throws IOException {
        return login(module, account, new byte[0]);
    }

    /** The same; the daemon gets {@code earlyInput}, unless that is empty, before anything else. */
    public Result login(byte[] module, Account account, byte[] earlyInput) throws IOException {
        Greeting ours = Greeting.ours(newest);
        trace.offeredDigests(String.join(" ", ours.digests()));
        line(ours.format().getBytes(StandardCharsets.US_ASCII));
        if (earlyInput.length > 0) {
            line(("#early_input=" + earlyInput.length).getBytes(StandardCharsets.US_ASCII));
            out.write(earlyInput);
        }
        line(module);
        out.flush();
        Greeting greeting = Greeting.parse(greetingLine());
        ProtocolVersion agreed = greeting.negotiate(newest);
        while (true) {
            byte[] raw = readLine("rsync: didn't get server startup line");
            String line = new String(raw, StandardCharsets.ISO_8859_1);
            if (line.startsWith(AUTHENTICATE)) {
                authenticate(greeting, line.substring(AUTHENTICATE.length()), account);
            } else if (line.equals("@RSYNCD: OK")) {
                return new Result(greeting, agreed, Answer.READY);
            } else if (line.equals("@RSYNCD: EXIT")) {
                return new Result(greeting, agreed, Answer.DONE);
            } else if (line.startsWith("@ERROR")) {
                throw new ClientException(ExitCode.START_CLIENT, line);
            } else {
                messages.accept(raw);
            }
        }
    }

    /** Sends the arguments; {@code secluded} ones follow in a list of their own unless it is empty. */
    public void sendArguments(ProtocolVersion agreed, List<byte[]> arguments, List<byte[]> secluded)
            throws IOException {
        sendList(arguments, agreed.endsArgumentsWithNul() ? 0 : '\n');
        if (!secluded.isEmpty()) {
            sendList(secluded, 0);
        }
        out.flush();
    }

    private void sendList(List<byte[]> arguments, int end) throws IOException {
        for (byte[] argument : arguments) {
            out.write(argument);
            out.writeByte(end);
        }
        out.writeByte(end);
    }

    private String greetingLine() throws IOException {
        String line = new String(readLine("rsync: did not see server greeting"), StandardCharsets.ISO_8859_1);
        if (line.startsWith("@ERROR")) {
            throw new ClientException(ExitCode.START_CLIENT, line);
        }
        if (!line.startsWith("@RSYNCD:")) {
            throw new ClientException(
                    ExitCode.START_CLIENT, "rsync: server sent \"" + line + "\" rather than greeting");
        }
        return line;
    }

    /** A line that is none ends the conversation in rsync's words; a connection that ends is told as anywhere else. */
    private byte[] readLine(String ifNoLine) throws IOException {
        try {
            return in.readLine(MAX_LINE);
        } catch (ProtocolException e) {
            throw new ClientException(ExitCode.START_CLIENT, ifNoLine, e);
        }
    }

    private void authenticate(Greeting greeting, String challenge, Account account) throws IOException {
        String user = account.user();
        byte[] password = account.passwords().password(user);
        trace.heard("daemon auth checksum", String.join(" ", greeting.digests()));
        DigestType digest = greeting.negotiateDigest();
        trace.agreedDigest(digest.wireName());
        String response = ChallengeResponse.respond(digest, password, challenge);
        line((user + " " + response).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void line(byte[] text) throws IOException {
        out.write(text);
        out.writeByte('\n');
    }
}
