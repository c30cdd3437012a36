package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The arguments of another request, on a connection whose transfer is over: as in a conversation, each with a NUL and one more NUL, and with the same limits; but
 * in frames, which go on.
 */
final class FollowingRequest {
    /** Seconds in which all of it is here, once it has begun. */
    private static final int COMPLETE = 10;

    private final WireInput in;
    private final ArgumentMemory memory;

    FollowingRequest(WireInput in, ArgumentMemory memory) {
        this.in = in;
        this.memory = memory;
    }

    /**
     * Waits until it begins.
     *
     * @return its first byte; -1: the peer is gone, or took too long
     */
    int begin(Duration patience) throws IOException {
        in.holdMessages(); // what comes from here on is for the transfer that is asked for
        in.setTimeout((int) Math.max(1, patience.toSeconds()));
        try {
            return in.readByte();
        } catch (TransferException none) {
            return -1;
        }
    }

    /** Takes all of it behind its {@code first} byte; empty if it does not come, or not in time, or is too long. */
    Optional<Arguments> complete(int first) throws IOException {
        in.setTimeout(COMPLETE);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMPLETE);
        try (ArgumentLists arguments = new ArgumentLists(memory)) {
            ByteArrayOutputStream item = new ByteArrayOutputStream();
            int next = first;
            while (next != 0 || !arguments.add(item.toByteArray())) {
                if (next == 0) {
                    item.reset();
                } else if (item.size() == Conversation.MAX_ITEM || System.nanoTime() - end > 0) {
                    return Optional.empty();
                } else {
                    item.write(next);
                }
                next = in.readByte();
            }
            return Optional.of(arguments.complete());
        } catch (TransferException | RefusedException none) {
            return Optional.empty();
        }
    }
}
