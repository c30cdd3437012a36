package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;

/**
 * A thread whose root directory is another one than that of the process: a program that it starts begins there, and stays there. It keeps its root when
 * the process gives up the right to change it. Nothing else is to be done by it, as the runtime would not find its own files.
 */
public final class RootedThread implements AutoCloseable {
    private static final int FILE_SYSTEM = 0x200;
    private static final byte[] TOP = {'/'};

    private final BlockingQueue<FutureTask<Integer>> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;

    private RootedThread() {
        thread = Thread.ofPlatform().daemon().name("rooted").unstarted(this::work);
    }

    /**
     * Starts one.
     *
     * @throws SystemCallException with EPERM if the process may not change its root
     */
    public static RootedThread start(byte[] root) throws IOException {
        RootedThread rooted = new RootedThread();
        rooted.thread.start();
        int _ = rooted.run(() -> 0); // all that a task needs is loaded while its files can be found
        long result = rooted.run(() -> enter(root));
        if (result < 0) {
            rooted.close();
            check(result, "chroot", KernelBytes.show(root));
        }
        return rooted;
    }

    private static int enter(byte[] root) {
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.UNSHARE, FILE_SYSTEM);
        if (result == 0) {
            result = caller.call(CallNumber.CHROOT, caller.name(root));
        }
        return (int) (result == 0 ? caller.call(CallNumber.CHDIR, caller.name(TOP)) : result);
    }

    private void work() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Does something on the thread: what is needed for it should have been done before, outside. */
    int run(IntSupplier task) {
        FutureTask<Integer> future = new FutureTask<>(task::getAsInt);
        tasks.add(future);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true; // it takes no time
                } catch (ExecutionException e) {
                    throw new IllegalStateException("rooted thread", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
