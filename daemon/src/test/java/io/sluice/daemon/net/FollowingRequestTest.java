package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another request's arguments: those that are whole and within a conversation's limits are taken, and all others are none; memory is given back either way. */
class FollowingRequestTest {
    private static final String REQUEST = "--server\0-logDtpre.iLsfxCIvuK\0.\0site/\0\0";

    /** The tag of a frame with data. */
    private static final byte DATA = 7;

    private final ArgumentMemory memory = new ArgumentMemory(8 * 1024);

    private Optional<Arguments> read(String request) throws IOException {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        FollowingRequest following = new FollowingRequest(new WireInput(new ByteArrayInputStream(bytes)), memory);
        int first = following.begin(Duration.ofSeconds(1));
        Optional<Arguments> arguments = first < 0 ? Optional.empty() : following.complete(first);
        assertThat(memory.take(8 * 1024)).as("memory is given back").isTrue();
        memory.giveBack(8 * 1024);
        return arguments;
    }

    private static List<String> text(List<byte[]> arguments) {
        return arguments.stream()
                .map(argument -> new String(argument, StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void isAListOfArguments() throws IOException {
        Arguments arguments = read(REQUEST + "more").orElseThrow();
        assertThat(text(arguments.first())).containsExactly("--server", "-logDtpre.iLsfxCIvuK", ".", "site/");
        assertThat(arguments.secluded()).isEmpty();
    }

    @Test
    void mayBeSecluded() throws IOException {
        Arguments arguments = read("--server\0-slogDtpre.iLsfxCIvuK\0.\0\0rsync\0.\0site/\0\0")
                .orElseThrow();
        assertThat(text(arguments.secluded())).containsExactly("rsync", ".", "site/");
    }

    @Test
    void isNoneIfItBreaksOffAnywhere() throws IOException {
        for (int length = 0; length < REQUEST.length(); length++) {
            assertThat(read(REQUEST.substring(0, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    /** Frames without data keep a connection from being quiet, but are no request, and no part of one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    @Timeout(60)
    void hasItsTimeWhateverElseComes(int length) throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        if (length > 0) {
            begun.writeBytes(new byte[] {(byte) length, 0, 0, DATA});
            begun.write(REQUEST.getBytes(StandardCharsets.ISO_8859_1), 0, length);
        }
        WireInput in = new WireInput(
                new SequenceInputStream(new ByteArrayInputStream(begun.toByteArray()), new EmptyFrames()));
        in.multiplex((tag, payload) -> {});
        in.readAhead("test-input", 64 * 1024);
        Duration soon = Duration.ofMillis(300);
        FollowingRequest following = new FollowingRequest(in, memory, soon);
        int first = following.begin(length == 0 ? soon : Duration.ofSeconds(60));
        assertThat(first).isEqualTo(length == 0 ? -1 : REQUEST.charAt(0));
        if (first >= 0) {
            assertThat(following.complete(first)).isEmpty();
        }
    }

    /** A peer that is there, and asks for nothing. */
    private static final class EmptyFrames extends InputStream {
        private static final byte[] FRAME = {0, 0, 0, DATA};

        @Override
        public int read() {
            throw new UnsupportedOperationException("by the byte");
        }

        @Override
        public int read(byte[] target, int from, int length) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // no more than the CPU can take
            System.arraycopy(FRAME, 0, target, from, FRAME.length);
            return FRAME.length;
        }
    }

    @Test
    void isBoundedAsInAConversation() throws IOException {
        char[] most = new char[Conversation.MAX_ITEM];
        Arrays.fill(most, 'x');
        String longest = new String(most);
        assertThat(read("--server\0" + longest + "\0\0")).isPresent();
        assertThat(read("--server\0" + longest + "x\0\0")).isEmpty();
        assertThat(read(("--server\0" + longest + "\0").repeat(3) + "\0"))
                .as("memory")
                .isEmpty();
        assertThat(read("x\0".repeat(20_000) + "\0")).as("number").isEmpty();
    }
}
