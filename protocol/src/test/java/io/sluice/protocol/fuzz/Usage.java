package io.sluice.protocol.fuzz;

import java.lang.reflect.Method;

/** What the calling thread has used up. By reflection: the module under test has no need of the one that tells this. */
final class Usage {
    private static final Object THREADS;
    private static final Method ALLOCATED;
    private static final Method CPU;

    static {
        try {
            THREADS = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            ALLOCATED = type.getMethod("getCurrentThreadAllocatedBytes");
            CPU = type.getMethod("getCurrentThreadCpuTime");
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Usage() {}

    /** Bytes of heap that were ever allocated. */
    static long allocatedBytes() {
        return number(ALLOCATED);
    }

    static long cpuNanos() {
        return number(CPU);
    }

    private static long number(Method method) {
        try {
            return (Long) method.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
