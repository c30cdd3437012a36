package io.sluice.daemon.hook;

import io.sluice.linux.RootedThread;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs of connections begin: inside {@code daemon chroot}, if there is one. This process itself stays where the runtime's files are; so a
 * thread that starts programs is sent there once, before the process gives up the right to. Thread-safe.
 */
public final class ProgramRoot {
    private String path = "";
    private @Nullable RootedThread thread;

    /**
     * The thread that has to start a program.
     *
     * @param chroot {@code daemon chroot}; empty: none
     * @return empty if any thread may
     * @throws IOException if the process may not send one there: the program must not be started then
     */
    public synchronized Optional<RootedThread> enter(String chroot) throws IOException {
        if (chroot.isEmpty()) {
            return Optional.empty();
        }
        RootedThread known = thread;
        if (known == null || !path.equals(chroot)) {
            close();
            known = start(chroot);
            thread = known;
            path = chroot;
        }
        return Optional.of(known);
    }

    private static RootedThread start(String chroot) throws IOException {
        try {
            return RootedThread.start(chroot.getBytes(StandardCharsets.UTF_8));
        } catch (SystemCallException e) {
            throw new IOException(
                    "daemon chroot(\"" + chroot + "\") failed: " + e.reason() + " (" + e.errno()
                            + "): commands would run outside of it",
                    e);
        }
    }

    /** Ends the thread, if there is one. */
    public synchronized void close() {
        if (thread != null) {
            thread.close();
            thread = null;
        }
    }
}
