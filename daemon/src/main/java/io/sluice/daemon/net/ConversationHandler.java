package io.sluice.daemon.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.sluice.daemon.hook.HookThreads;
import io.sluice.daemon.module.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads a {@link Conversation} with one peer: cuts what arrives into its items, runs each step outside of the event loop, and carries out the reply.
 * Reads only while the conversation waits for the peer, so that what is kept is bounded. Its methods run on the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close or write that fails ends in channelInactive
final class ConversationHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConversationHandler.class);
    /** Seconds for a peer to take in our last words. */
    private static final int LINGER = 2;
    /** Room for what a client says at a time, more or less. */
    private static final int SPARE = 256;

    private final Conversation conversation;
    private final Setting setting;
    private final ByteBuf arrived = Unpooled.buffer();
    private final PeerDeadline deadline;
    private State state = State.STEPPING;
    private int phase;

    /**
     * What a handler shares with others.
     *
     * @param steps runs steps that ask nobody
     * @param lookups runs those that do
     * @param deadline until a peer has a module
     * @param full at most for each phase after that
     * @param transfers takes over
     * @param hooks threads for what takes long
     * @param handedOver told when a channel is no longer Netty's
     */
    record Setting(
            Executor steps,
            Lookups lookups,
            Duration deadline,
            Duration full,
            Transfers transfers,
            HookThreads hooks,
            Consumer<Channel> handedOver) {}

    private enum State {
        /** A step is under way. */
        STEPPING,
        /** The peer's turn. */
        LISTENING,
        /** All is said; what the peer still sends is thrown away. */
        LINGERING,
        /** Somebody else has the socket, or it is closed. */
        OVER
    }

    ConversationHandler(Conversation conversation, Setting setting) {
        this.conversation = conversation;
        this.setting = setting;
        deadline = new PeerDeadline(conversation::runsOutOfTime);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline.set(context, setting.deadline);
        step(context, conversation::begin);
    }

    /** With its module, a peer gets the module's time for each step; never more than the daemon's. */
    private void rearm(ChannelHandlerContext context) {
        if (phase == conversation.phase()) {
            return;
        }
        phase = conversation.phase();
        Duration own = Duration.ofSeconds(conversation.timeout());
        Duration limit = own.isPositive() && own.compareTo(setting.full) < 0 ? own : setting.full;
        deadline.set(context, limit);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (state != State.LINGERING) {
                arrived.writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ((HandoverChannel) context.channel()).acknowledge();
        advance(context);
    }

    private void advance(ChannelHandlerContext context) {
        while (state == State.LISTENING) {
            OptionalInt counted = conversation.countedBytes();
            int end = counted.isPresent()
                    ? (counted.getAsInt() <= arrived.readableBytes() ? counted.getAsInt() : -1)
                    : arrived.bytesBefore(conversation.terminator());
            int length = end < 0 ? arrived.readableBytes() : end;
            if (length > Conversation.MAX_ITEM) {
                context.close();
                return;
            }
            if (end < 0) {
                arrived.discardReadBytes();
                if (arrived.capacity() > 2 * arrived.readableBytes() + SPARE) {
                    arrived.capacity(arrived.readableBytes() + SPARE); // the peer may take its time
                }
                break;
            }
            byte[] item = new byte[end];
            arrived.readBytes(item).skipBytes(counted.isPresent() ? 0 : 1);
            step(context, () -> conversation.step(item));
        }
        if (state == State.LISTENING || state == State.LINGERING) {
            context.read();
        }
    }

    private void step(ChannelHandlerContext context, Reply.Step step) {
        state = State.STEPPING;
        if (conversation.isQuick()) {
            answer(context, take(step));
            return;
        }
        try {
            setting.steps.execute(() -> goOn(context, take(step)));
        } catch (RejectedExecutionException e) { // the daemon is ending
            close();
            context.close();
        }
    }

    /** On any thread. */
    private void goOn(ChannelHandlerContext context, Reply reply) {
        try {
            context.executor().execute(() -> {
                answer(context, reply);
                advance(context);
            });
        } catch (RejectedExecutionException e) { // the loop has ended
            dispose(reply);
        }
    }

    private static Reply take(Reply.Step step) {
        try {
            return step.take();
        } catch (IOException | RuntimeException | Error e) { // the peer must not wait until the deadline
            LOGGER.error("conversation failed", e);
            return Reply.hangUp("@ERROR: daemon internal error -- contact admin\n");
        }
    }

    private void answer(ChannelHandlerContext context, Reply reply) {
        if (!context.channel().isActive()) {
            dispose(reply);
            return;
        }
        ChannelFuture written = context.writeAndFlush(Unpooled.wrappedBuffer(reply.text()));
        switch (reply.next()) {
            case Reply.Listen listen -> {
                state = State.LISTENING;
                rearm(context);
            }
            case Reply.GoOn more -> step(context, more.step());
            case Reply.Aside aside -> stepAside(context, aside.step());
            case Reply.LookUp lookUp -> lookUp(context, lookUp);
            case Reply.HangUp hangUp -> {
                state = State.LINGERING;
                written.addListener(done -> linger(context));
            }
            case Reply.HandOver handOver -> {
                state = State.OVER;
                // Not from within the write, which TLS, if there is any, is still at.
                written.addListener(done -> context.executor().execute(() -> handOver(context, handOver.admission())));
            }
        }
    }

    private void lookUp(ChannelHandlerContext context, Reply.LookUp lookUp) {
        try {
            setting.lookups.execute(lookUp, () -> {
                boolean isThere = context.channel().isActive(); // it may have waited for long
                goOn(context, isThere ? take(lookUp.step()) : Reply.hangUp(""));
            });
        } catch (RejectedExecutionException e) { // there are too many, or the daemon is ending
            close();
            context.close();
        }
    }

    private void stepAside(ChannelHandlerContext context, Reply.Step step) {
        Duration left = deadline.cancel();
        setting.hooks.start(() -> {
            Reply reply = take(step);
            try {
                context.executor().execute(() -> deadline.set(context, left));
            } catch (RejectedExecutionException e) { // the loop has ended
                dispose(reply);
                return;
            }
            goOn(context, reply);
        });
    }

    /** Closes our direction, and the rest once the peer has: to close with its bytes unread could destroy what we said on its way. */
    private void linger(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        SslHandler tls = context.pipeline().get(SslHandler.class);
        HandoverChannel channel = (HandoverChannel) context.channel();
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(done -> channel.shutdownOutput());
        }
        context.executor().schedule(() -> context.close(), LINGER, TimeUnit.SECONDS);
        context.read();
    }

    private void handOver(ChannelHandlerContext context, Admission admission) {
        deadline.cancel();
        if (!context.channel().isActive()) {
            closeQuietly(admission);
            return;
        }
        byte[] rest = takeArrived();
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            context.pipeline().remove(tls); // what it has not opened arrives here, sealed
        }
        HandoverChannel channel = (HandoverChannel) context.channel();
        context.deregister().addListener(done -> {
            byte[] sealed = takeArrived();
            arrived.release();
            if (done.isSuccess()) {
                Optional<Departed.Tls> begun =
                        tls == null ? Optional.empty() : Optional.of(new Departed.Tls(tls.engine(), sealed));
                setting.transfers.start(admission, new Departed(channel.socketChannel(), rest, begun));
                setting.handedOver.accept(channel);
            } else {
                closeQuietly(admission);
                context.close();
            }
        });
    }

    private byte[] takeArrived() {
        byte[] bytes = new byte[arrived.readableBytes()];
        arrived.readBytes(bytes);
        return bytes;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        if (state != State.STEPPING && state != State.OVER) {
            close();
        }
        arrived.release();
    }

    /** The peer is gone while a step was under way. */
    private void dispose(Reply reply) {
        if (reply.next() instanceof Reply.HandOver handOver) {
            closeQuietly(handOver.admission());
        }
        close();
    }

    private void close() {
        state = State.OVER;
        closeQuietly(conversation);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOGGER.warn("cannot close", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOGGER.error("connection failed", cause);
        }
        context.close();
    }
}
