package io.sluice.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests as they come, cut anywhere, and with bytes changed by chance; {@code RequestFuzz} tries more. */
class RequestBytesTest {
    /** All that is allocated for one input, garbage too: this, and so much for each byte. */
    private static final long BOUND = 64 * 1024;

    private static final long BOUND_PER_BYTE = 128;
    private static final int CHANGED = 200;

    static Stream<byte[]> seeds() {
        return RequestBytes.seeds();
    }

    private static List<RequestReader> read(String request) {
        return RequestBytes.read(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Else all other tests here could pass by reading nothing. */
    @Test
    void readsWhatABrowserAsks() {
        RequestReader read =
                RequestBytes.read(seeds().findFirst().orElseThrow()).getFirst();
        assertThat(read.request().path()).isEqualTo("/");
        assertThat(read.request().query()).isEqualTo(Map.of("token", "5f2c"));
        assertThat(read.request().wantsHtml()).isTrue();
        assertThat(read.token()).isEqualTo(Optional.of("5f2c"));
        assertThat(read.tokenInAddress()).isTrue();
    }

    @Test
    void parametersBeyondTheSixteenthAreNotKept() {
        String many =
                "GET /?" + "a%1$d=1&a%1$d=2&".formatted(1).repeat(3) + "b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1";
        assertThat(read(many + " HTTP/1.1\r\n\r\n").getFirst().request().query())
                .hasSizeLessThanOrEqualTo(RequestReader.MAX_PARAMETERS)
                .containsEntry("a1", "2")
                .doesNotContainKey("l");
    }

    @Test
    void aLineThatIsTooLongIsNoRequest() {
        assertThat(read("GET /" + "x".repeat(HttpServer.MAX_LINE) + " HTTP/1.1\r\n\r\n"))
                .isEmpty();
        assertThat(read("GET /%zz HTTP/1.1\r\n\r\n")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutAnywhereItStaysWithinItsBound(byte[] seed) {
        for (int length = 0; length <= seed.length; length += 1 + seed.length / 200) {
            assertWithinBound(Arrays.copyOf(seed, length));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changedByChanceItStaysWithinItsBound(byte[] seed) {
        Random random = new Random(seed.length);
        for (int i = 0; i < CHANGED; i++) {
            byte[] changed = seed.clone();
            for (int change = 0; change < 4; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertWithinBound(changed);
        }
    }

    private static void assertWithinBound(byte[] input) {
        RequestBytes.read(input); // loads what is loaded once
        long before = allocated();
        RequestBytes.read(input);
        assertThat(allocated() - before).isLessThanOrEqualTo(BOUND + BOUND_PER_BYTE * input.length);
    }

    /** Bytes of this thread. By reflection: the module under test has no need of the one that tells this. */
    private static long allocated() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (Long) Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod("getCurrentThreadAllocatedBytes")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
