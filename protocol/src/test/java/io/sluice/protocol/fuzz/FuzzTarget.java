package io.sluice.protocol.fuzz;

import io.sluice.protocol.AllocationException;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder that reads what a peer made up, and what it may do with that: end well, or with a {@link TransferException} (or with {@link AllocationException},
 * which every caller turns into one), within a stated amount of memory and of time. Whatever else comes out is a defect.
 *
 * @param name for messages and to choose it by
 * @param decoder what is tried
 * @param seeds inputs that make sense, most of them recorded from rsync
 * @param fixedBytes how much one run may allocate in all, garbage too, however short the input
 * @param bytesPerByte how much more for each byte of input
 */
public record FuzzTarget(String name, Decoder decoder, List<byte[]> seeds, long fixedBytes, long bytesPerByte) {
    /** No input takes a decoder this long; a second is what the slowest machine may need for what takes others milliseconds. */
    private static final long MAX_CPU_NANOS = 5_000_000_000L;

    private static final int TRIES = 3;

    /** Decodes all of {@code input}, or as far as it makes sense. */
    @FunctionalInterface
    public interface Decoder {
        void decode(byte[] input) throws IOException;
    }

    public FuzzTarget {
        seeds = List.copyOf(seeds);
    }

    /** Returns an input of a decoder that looks at its first bytes for what else it depends on. */
    public static byte[] input(byte[] content, int... choices) {
        byte[] input = new byte[choices.length + content.length];
        for (int i = 0; i < choices.length; i++) {
            input[i] = (byte) choices[i];
        }
        System.arraycopy(content, 0, input, choices.length, content.length);
        return input;
    }

    /** Returns what follows the choices. */
    public static byte[] content(byte[] input, int choices) {
        return Arrays.copyOfRange(input, Math.min(choices, input.length), input.length);
    }

    /** Returns the choice at {@code index}, from 0 to {@code count} exclusive. */
    public static int choice(byte[] input, int index, int count) {
        return index < input.length ? (input[index] & 0xFF) % count : 0;
    }

    /**
     * Runs the decoder under the fuzzer, whose own instructions in our classes allocate too: only the JVM's heap, 256 MiB, bounds the memory here.
     *
     * @throws AssertionError if it does what it must not do
     */
    public void runInstrumented(byte[] input) {
        Used used = once(input);
        if (used.nanos > MAX_CPU_NANOS) {
            throw new AssertionError(name + " takes " + used.nanos / 1_000_000 + " ms for " + input.length + " bytes");
        }
    }

    /**
     * Runs the decoder; again if it used up too much, as what is loaded or made once for all runs does not count.
     *
     * @throws AssertionError if it does what it must not do
     */
    public void run(byte[] input) {
        Used used = once(input);
        for (int again = 0; again < TRIES && used.isTooMuch(); again++) {
            used = once(input);
        }
        if (used.isTooMuch()) {
            throw new AssertionError(name + " takes " + used.bytes + " bytes and " + used.nanos / 1_000_000
                    + " ms for " + input.length + " bytes (expected: <= " + used.mostBytes + " bytes, "
                    + MAX_CPU_NANOS / 1_000_000 + " ms)");
        }
    }

    private record Used(long bytes, long mostBytes, long nanos) {
        boolean isTooMuch() {
            return bytes > mostBytes || nanos > MAX_CPU_NANOS;
        }
    }

    private Used once(byte[] input) {
        long allocated = Usage.allocatedBytes();
        long started = Usage.cpuNanos();
        try {
            decoder.decode(input);
        } catch (TransferException | AllocationException expected) {
            // the peer is wrong, and is told so
        } catch (UncheckedIOException wrapped) {
            if (!(wrapped.getCause() instanceof TransferException)) {
                throw new AssertionError(name + " throws " + wrapped, wrapped);
            }
        } catch (IOException | RuntimeException | Error defect) {
            throw new AssertionError(name + " throws " + defect, defect);
        }
        return new Used(
                Usage.allocatedBytes() - allocated,
                fixedBytes + bytesPerByte * input.length,
                Usage.cpuNanos() - started);
    }

    @Override
    public String toString() {
        return name;
    }
}
