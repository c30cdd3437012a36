package io.sluice.daemon.fuzz;

import io.sluice.protocol.TransferException;
import java.util.List;
import java.util.Set;

/**
 * A decoder that reads what a peer or a file made up. It ends well, or with an exception that its caller expects. Memory is bounded by the heap of the JVM that
 * fuzzes, 256 MiB, which a whole daemon has too.
 *
 * @param name for messages and to choose it by
 * @param decoder what is tried
 * @param expected what may come out besides a {@link TransferException}
 * @param seeds inputs that make sense
 */
public record FuzzTarget(String name, Decoder decoder, Set<Class<? extends Exception>> expected, List<byte[]> seeds) {
    /** Decodes all of {@code input}, or as far as it makes sense. */
    @FunctionalInterface
    public interface Decoder {
        void decode(byte[] input) throws Exception;
    }

    public FuzzTarget {
        expected = Set.copyOf(expected);
        seeds = List.copyOf(seeds);
    }

    /**
     * Runs the decoder once.
     *
     * @throws AssertionError if something else comes out
     */
    public void run(byte[] input) {
        try {
            decoder.decode(input);
        } catch (TransferException refused) {
            // whoever wrote this is told so
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            if (!expected.contains(e.getClass())) {
                throw new AssertionError(name + " throws " + e, e);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
