package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * A signal in a process that was started where it is ignored, such as SIGHUP by {@code nohup}, and SIGINT by a script that goes on meanwhile ({@code &}): that is inherited, and
 * the Java runtime then takes no handler for it.
 *
 * <pre>
 * struct sigaction of the kernel: handler 8 | flags 8 | restorer 8 | mask 8
 * </pre>
 */
final class InheritedSignal {
    /** Those that the runtime leaves ignored. */
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private static final int BYTES = 32;
    private static final long MASK_BYTES = 8;
    /** {@code SIG_IGN}. */
    private static final long IGNORED = 1;

    private InheritedSignal() {}

    /** If the signal is ignored, makes it what it is by default, which ends the process, until there is a handler for it. */
    static void heed(String name) throws IOException {
        Integer number = NUMBERS.get(name);
        if (number == null) {
            return;
        }
        Caller caller = Caller.current();
        MemorySegment action = caller.structure();
        long address = caller.structureAddress();
        check(caller.call(CallNumber.RT_SIGACTION, number, 0, address, MASK_BYTES), "rt_sigaction", name);
        if (action.get(JAVA_LONG, 0) == IGNORED) {
            action.asSlice(0, BYTES).fill((byte) 0);
            check(caller.call(CallNumber.RT_SIGACTION, number, address, 0, MASK_BYTES), "rt_sigaction", name);
        }
    }
}
