package io.sluice.daemon.net;

import io.sluice.daemon.access.Directories;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.hook.HookSetting;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.ModuleTransfer;
import io.sluice.daemon.monitor.DaemonEvents;
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
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Serves one connection on plain streams, on the calling thread: a daemon that inetd, {@code RSYNC_CONNECT_PROG} or a remote shell started. */
public final class SingleService {
    private final DaemonConfiguration configuration;
    private final Log log;
    private final Duration conversationLimit;
    private final HookSetting hooks = new HookSetting(true);
    private final SecureRandom random = new SecureRandom();

    /** @param conversationLimit for each of the peer's steps until it is let in */
    public SingleService(DaemonConfiguration configuration, Log log, Duration conversationLimit) {
        this.configuration = configuration;
        this.log = log;
        this.conversationLimit = conversationLimit;
    }

    /** Sends those threads there that start programs inside of {@code daemon chroot}, while that may be done. */
    public void enterRoot(String chroot) {
        try {
            var _ = hooks.root().enter(chroot);
        } catch (IOException e) {
            // whoever wants to start one is told
        }
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
        Optional<InetAddress> source = source(peer, in);
        if (source.isEmpty()) {
            return ExitCode.OK;
        }
        ConversationContext context = new ConversationContext(
                configuration,
                Optional.empty(),
                source.get(),
                Optional.empty(),
                Directories.SYSTEM,
                log,
                hooks,
                new ArgumentMemory(Integer.MAX_VALUE),
                random,
                DaemonEvents.NONE);
        try (Conversation conversation = new Conversation(context)) {
            return converse(conversation, in, out);
        } finally {
            awaitHooks();
        }
    }

    private void awaitHooks() {
        try {
            hooks.threads().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the connection comes from, which a proxy may have to tell first; empty: it is not served. */
    private Optional<InetAddress> source(InetAddress direct, WireInput in) throws IOException {
        if (!configuration.proxy().required()) {
            return Optional.of(direct);
        }
        if (!ProxyTrust.mayForward(configuration.proxy(), direct, log)) {
            return Optional.empty();
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            while (true) {
                read.write(in.readByte());
                Optional<ProxyHeader> header = ProxyHeader.parse(read.toByteArray());
                if (header.isPresent()) {
                    return Optional.of(header.get().source().orElse(direct));
                }
            }
        } catch (ProxyHeader.MalformedException e) {
            log.warning(String.valueOf(e.getMessage()));
        } catch (TransferException ended) {
            log.line(String.valueOf(ended.getMessage()));
        }
        return Optional.empty();
    }

    private ExitCode converse(Conversation conversation, WireInput in, WireOutput out) throws IOException {
        Reply reply = conversation.begin();
        while (true) {
            out.write(reply.text());
            out.flush();
            switch (reply.next()) {
                case Reply.Listen listen -> {
                    OptionalInt counted = conversation.countedBytes();
                    byte[] item = counted.isPresent()
                            ? counted(counted.getAsInt(), in)
                            : nextItem(conversation.terminator(), in);
                    if (item == null) {
                        return ExitCode.OK; // the peer thought better of it
                    }
                    reply = conversation.step(item);
                }
                case Reply.GoOn more -> reply = more.step().take();
                case Reply.Aside aside -> reply = aside.step().take();
                case Reply.LookUp lookUp -> reply = lookUp.step().take();
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

    /** So many bytes; null if there are fewer. */
    private static byte @Nullable [] counted(int length, WireInput in) throws IOException {
        byte[] item = new byte[length];
        try {
            in.readFully(item, 0, length);
        } catch (TransferException ended) {
            return null;
        }
        return item;
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
