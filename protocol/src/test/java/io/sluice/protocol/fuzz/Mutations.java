package io.sluice.protocol.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs made from others by a few small changes, the same for the same random numbers. */
public final class Mutations {
    private static final int[] ODD = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};
    /** What text is often read wrongly for. */
    private static final List<byte[]> WORDS = Stream.of(
                    "9", "99999999999", "-1", "\\", "/", "//", "/./", "..", "*", "**", "[", "[!", ":", ",", " ", "\0")
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private static final List<Integer> NUMBERS = List.of(-1, Integer.MAX_VALUE);

    private final Random random;
    private final List<byte[]> seeds;

    public Mutations(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    /** Returns a changed copy of any of the seeds. */
    public byte[] next() {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    /** Returns copies of {@code bytes} in each of which an odd number stands at one place, in either of its forms: at every place, or at {@code most} of them. */
    static Stream<byte[]> withNumbers(byte[] bytes, int most) {
        int step = 1 + bytes.length / most;
        return IntStream.iterate(0, at -> at < bytes.length, at -> at + step)
                .boxed()
                .flatMap(at -> NUMBERS.stream()
                        .flatMap(number -> Stream.of(
                                spliced(bytes, at, at + 1, varInt(number)),
                                spliced(bytes, at, Math.min(bytes.length, at + 4), fixedInt(number)))));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at, anyBytes(1 + random.nextInt(8)));
            case 2 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), new byte[0]);
            case 3 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                yield spliced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
            }
            case 4 -> spliced(bytes, at, Math.min(bytes.length, at + 4), oddNumber());
            case 5 -> spliced(bytes, at, Math.min(bytes.length, at + 1), varInt(anyOddNumber()));
            case 6 -> spliced(bytes, at, at, WORDS.get(random.nextInt(WORDS.size())));
            default -> spliced(bytes, at, Math.min(bytes.length, at + 1), anyBytes(1));
        };
    }

    private byte[] anyBytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextInt(256));
        }
        return bytes;
    }

    /** What lengths and counts fail at. */
    private byte[] oddNumber() {
        return fixedInt(anyOddNumber());
    }

    private int anyOddNumber() {
        int any = random.nextInt(NUMBERS.size() + 1);
        return any < NUMBERS.size() ? NUMBERS.get(any) : 1 << random.nextInt(32);
    }

    private static byte[] fixedInt(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)};
    }

    /** The same as peers from protocol 30 on write it, in five bytes. */
    private static byte[] varInt(int number) {
        byte[] fixed = fixedInt(number);
        return new byte[] {(byte) 0xF0, fixed[0], fixed[1], fixed[2], fixed[3]};
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        byte[] result = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
        return result;
    }
}
