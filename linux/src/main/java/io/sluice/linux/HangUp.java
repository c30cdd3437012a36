package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * SIGHUP in a process that was started where it is ignored, as by {@code nohup}: that is inherited, and the Java runtime then takes no handler for it.
 *
 * <pre>
 * struct sigaction of the kernel: handler 8 | flags 8 | restorer 8 | mask 8
 * </pre>
 */
public final class HangUp {
    private static final int SIGHUP = 1;
    private static final int BYTES = 32;
    private static final long MASK_BYTES = 8;
    /** {@code SIG_IGN}. */
    private static final long IGNORED = 1;

    private HangUp() {}

    /** If SIGHUP is ignored, makes it what it is by default, which ends the process, until there is a handler for it. */
    public static void heed() throws IOException {
        Caller caller = Caller.current();
        MemorySegment action = caller.structure();
        long address = caller.structureAddress();
        check(caller.call(CallNumber.RT_SIGACTION, SIGHUP, 0, address, MASK_BYTES), "rt_sigaction", "SIGHUP");
        if (action.get(JAVA_LONG, 0) == IGNORED) {
            action.asSlice(0, BYTES).fill((byte) 0);
            check(caller.call(CallNumber.RT_SIGACTION, SIGHUP, address, 0, MASK_BYTES), "rt_sigaction", "SIGHUP");
        }
    }
}
