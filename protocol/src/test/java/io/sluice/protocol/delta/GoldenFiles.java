package io.sluice.protocol.delta;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** The files whose transfer by rsync 3.5.0 was recorded, and what was recorded. */
public final class GoldenFiles {
    /** The recorded seeds. */
    public static final int SEED = 123_456_789;

    private static final Properties RECORDED = load();

    private GoldenFiles() {}

    /** Bytes that look random; as text, sixteen letters. */
    static byte[] content(int length, long seed, boolean text) {
        byte[] bytes = new byte[length];
        long state = seed;
        for (int i = 0; i < length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes[i] = (byte) (text ? 'a' + (state >>> 60) : state >>> 56);
        }
        return bytes;
    }

    static byte[] basisA() {
        return join(content(20_000, 1, true), content(20_300, 2, false));
    }

    /** Insertions, a change, a removal, a move backwards and an addition. */
    public static byte[] fileA() {
        byte[] b = basisA();
        return join(
                range(b, 0, 5000),
                content(100, 3, false),
                range(b, 5000, 12_000),
                content(300, 4, true),
                range(b, 12_300, 14_000),
                range(b, 21_000, 25_000),
                range(b, 26_000, b.length),
                range(b, 7000, 9100),
                content(777, 5, true));
    }

    static byte[] basisB() {
        return content(9000, 6, true);
    }

    static byte[] fileB() {
        byte[] b = basisB();
        return join(range(b, 0, 3000), content(50, 7, true), range(b, 3000, b.length));
    }

    /** New: no basis. */
    static byte[] fileC() {
        return join(content(3000, 8, true), content(17_000, 9, false), content(500, 10, true));
    }

    static byte[] basisLong() {
        return content(300_000, 11, false);
    }

    /** Literals that repeat the start and the end of blocks of 70,000 bytes. */
    static byte[] fileLong() {
        byte[] b = basisLong();
        return join(
                range(b, 0, 70_000),
                range(b, 1000, 1900),
                range(b, 69_000, 69_900),
                range(b, 70_000, 210_000),
                range(b, 141_000, 141_500),
                range(b, 209_000, 209_500),
                range(b, 210_000, b.length));
    }

    /** What was recorded under {@code key}. */
    public static byte[] recorded(String key) {
        return HexFormat.of().parseHex(Objects.requireNonNull(RECORDED.getProperty(key), key));
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in =
                Objects.requireNonNull(GoldenFiles.class.getResourceAsStream("rsync-3.5.0.properties"), "recording")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    static byte[] range(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
