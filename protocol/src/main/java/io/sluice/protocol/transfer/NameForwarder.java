package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Sends the names of a local {@code --files-from} list to the sender, each with a NUL, then an empty one. Owns the output meanwhile. */
final class NameForwarder implements AutoCloseable {
    private final FutureTask<Void> task;

    private NameForwarder(FutureTask<Void> task) {
        this.task = task;
    }

    /**
     * Starts to send.
     *
     * @param in what the sender answers on: if the names fail, whoever waits for it hears of that, as the sender would wait for ever
     * @param plain the names have no frames, though all else has (before protocol 31)
     */
    static NameForwarder start(WireInput in, WireOutput out, Iterable<byte[]> names, boolean plain) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            try {
                forward(out, names, plain);
            } catch (RuntimeException | Error e) { // not what the connection says, whose other end may know better
                in.fail(TransferException.of(e));
                throw e;
            }
            return null;
        });
        Thread.ofPlatform().daemon().name("rsync-names").start(task);
        return new NameForwarder(task);
    }

    private static void forward(WireOutput out, Iterable<byte[]> names, boolean plain) throws IOException {
        if (plain) {
            out.pauseFrames();
        }
        for (byte[] name : names) {
            if (name.length > 0) {
                out.write(name);
                out.writeByte(0);
            }
        }
        out.writeByte(0);
        out.flush();
        if (plain) {
            out.resumeFrames();
        }
    }

    /** Waits until all names were sent. */
    void await() throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw TransferException.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while sending names", e);
        }
    }

    @Override
    public void close() {
        task.cancel(true);
    }
}
