package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The arguments of another request, on a connection whose transfer is over: as in a conversation, each with a NUL and one more NUL, and with the same limits; but
 * in frames, which go on.
 */
final class FollowingRequest {
    /** In which all of it is here, once it has begun. */
    private static final Duration COMPLETE = Duration.ofSeconds(10);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final WireInput in;
    private final ArgumentMemory memory;
    private final Duration complete;

    FollowingRequest(WireInput in, ArgumentMemory memory) {
        this(in, memory, COMPLETE);
    }

    /** @param complete in which all of it must be here, once it has begun */
    FollowingRequest(WireInput in, ArgumentMemory memory, Duration complete) {
        this.in = in;
        this.memory = memory;
        this.complete = complete;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("following-requests").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** Ends every wait for the peer after {@code patience}, whatever it sends until then: frames without data are no request. */
    private Future<?> deadline(Duration patience) {
        TransferException late = new TransferException(ExitCode.TIMEOUT, "no request in " + patience);
        return CLOCK.schedule(() -> in.fail(late), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until it begins.
     *
     * @return its first byte; -1: the peer is gone, or took too long
     */
    int begin(Duration patience) throws IOException {
        in.holdMessages(); // what comes from here on is for the transfer that is asked for
        in.setTimeout(0);
        Future<?> deadline = deadline(patience);
        try {
            return in.readByte();
        } catch (TransferException none) {
            return -1;
        } finally {
            deadline.cancel(false);
        }
    }

    /** Takes all of it behind its {@code first} byte; empty if it does not come, or not in time, or is too long. */
    Optional<Arguments> complete(int first) throws IOException {
        Future<?> deadline = deadline(complete);
        try (ArgumentLists arguments = new ArgumentLists(memory)) {
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            int next = first;
            while (next != 0 || !arguments.add(item.toByteArray())) {
                if (next == 0) {
                    item.reset();
                } else if (item.size() == Conversation.MAX_ITEM) {
                    return Optional.empty();
                } else {
                    item.write(next);
                }
                next = in.readByte();
            }
            return Optional.of(arguments.complete());
        } catch (TransferException | RefusedException none) {
            return Optional.empty();
        } finally {
            deadline.cancel(false);
        }
    }
}
