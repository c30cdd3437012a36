package io.sluice.protocol.delta;

/** The two clocks that tell whether a file was at rest. */
public interface SharingClock {
    /** Those of the system, the time to the millisecond; what the kernel puts on a file now may be a tick of its clock earlier. */
    SharingClock SYSTEM = new SharingClock() {
        private static final long NANOS_PER_MILLI = 1_000_000;

        @Override
        public long timeNanos() {
            return System.currentTimeMillis() * NANOS_PER_MILLI;
        }

        @Override
        public long steadyNanos() {
            return System.nanoTime();
        }
    };

    /** The time in nanoseconds since 1970, which may be set. */
    long timeNanos();

    /** Nanoseconds since whenever, which nobody can set. */
    long steadyNanos();
}
