package io.sluice.daemon.net;

import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.ModuleTransfer;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves one connection on plain streams, on the calling thread: a daemon that inetd, {@code RSYNC_CONNECT_PROG} or a remote shell started. */
public final class SingleService {
    private final DaemonConfiguration configuration;
    private final Log log;
    private final Duration conversationLimit;
    private final SecureRandom random = new SecureRandom();

    /** @param conversationLimit for each of the peer's steps until it is let in */
    public SingleService(DaemonConfiguration configuration, Log log, Duration conversationLimit) {
        this.configuration = configuration;
        this.log = log;
        this.conversationLimit = conversationLimit;
    }

    /**
     * Serves it to its end.
     *
     * @return the exit code for the process
     */
    public ExitCode serve(InetAddress peer, InputStream input, OutputStream output) throws IOException {
        WireInput in = new WireInput(input);
        WireOutput out = new WireOutput(output, in);
        int seconds = Math.toIntExact(conversationLimit.toSeconds());
        in.setTimeout(seconds);
        out.setTimeout(seconds);
        ConversationContext context =
                new ConversationContext(configuration, peer, Optional.empty(), HostNames.SYSTEM, log, random);
        try (Conversation conversation = new Conversation(context)) {
            return converse(conversation, in, out);
        }
    }

    private ExitCode converse(Conversation conversation, WireInput in, WireOutput out) throws IOException {
        Reply reply = conversation.begin();
        while (true) {
            out.write(reply.text());
            out.flush();
            switch (reply.next()) {
                case Reply.Listen listen -> {
                    byte[] item = nextItem(conversation.terminator(), in);
                    if (item == null) {
                        return ExitCode.OK; // the peer thought better of it
                    }
                    reply = conversation.step(item);
                }
                case Reply.HangUp hangUp -> {
                    return ExitCode.OK;
                }
                case Reply.HandOver handOver -> {
                    try (Admission admission = handOver.admission()) {
                        return new ModuleTransfer(admission, in, out, random.nextInt()).run();
                    }
                }
            }
        }
    }

    /** The next line or argument; null if there is none any more. */
    private static byte @Nullable [] nextItem(byte terminator, WireInput in) throws IOException {
        ByteArrayOutputStream item = new ByteArrayOutputStream();
        try {
            for (byte next = (byte) in.readByte(); next != terminator; next = (byte) in.readByte()) {
                if (item.size() == Conversation.MAX_ITEM) {
                    return null;
                }
                item.write(next);
            }
        } catch (TransferException ended) {
            return null;
        }
        return item.toByteArray();
    }
}
