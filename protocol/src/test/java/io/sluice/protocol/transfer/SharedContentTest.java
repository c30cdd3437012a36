package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.delta.SharedEncoding;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.delta.SharingClock;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a sender makes use of what sessions share; the clock says that all files are a minute old. */
class SharedContentTest {
    private static final SharingClock A_MINUTE_ON = new SharingClock() {
        @Override
        public long timeNanos() {
            return SharingClock.SYSTEM.timeNanos() + 60_000_000_000L;
        }

        @Override
        public long steadyNanos() {
            return SharingClock.SYSTEM.steadyNanos();
        }
    };

    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    private final SharedEncodings shared = new SharedEncodings(64 << 20, A_MINUTE_ON, task -> {});
    private Path source;

    @BeforeEach
    void makeFile() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        byte[] content = new byte[500_000];
        new Random(1).nextBytes(content);
        Files.write(source.resolve("file"), content);
        shared.among(2);
    }

    private Path push(String arguments, String name) throws Exception {
        Path destination = Files.createDirectories(directory.resolve(name));
        Exchange.Ends ends =
                Exchange.push(arguments, source, destination).sharing(shared).ours();
        assertThat(ends.client().failure()).isNull();
        assertThat(ends.client().code()).isZero();
        assertThat(destination.resolve("file")).hasSameBinaryContentAs(source.resolve("file"));
        return destination;
    }

    @Test
    void theSecondSessionHasWhatTheFirstHasMade() throws Exception {
        push("-rtpz", "one");
        assertThat(shared.figures().made()).isEqualTo(1);
        push("-rtpz", "other");
        assertThat(shared.figures().made()).isEqualTo(1);
        assertThat(shared.figures().reused()).isEqualTo(1);
    }

    /** The encoding is spoilt in memory: the receiver, whose check fails, asks again, and must not be given the same for ever. */
    @Test
    void whatDidNotArriveWellIsMadeAnew() throws Exception {
        push("-rtpz", "one");
        assertThat(spoil()).isTrue();
        push("-rtpz", "other");
        assertThat(shared.figures().reused())
                .as("it was given the spoilt one, once")
                .isEqualTo(2);
    }

    /** Whatever the two ends agreed on. */
    private boolean spoil() throws IOException {
        byte[] name = "file".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (DirectoryHandle handle = DirectoryHandle.open(Exchange.bytes(source.toString()));
                OpenFile file = handle.openFile(name, OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            FileStatus status = new FileStatus();
            file.status(status);
            for (CompressionType codec : CompressionType.values()) {
                for (ChecksumType sum : ChecksumType.values()) {
                    Session session = Sessions.with(sum, 1, true, codec, ProtocolVersion.NEWEST);
                    long before = shared.figures().reused();
                    var taken = shared.of(session, OptionalInt.empty(), 0).take(name, status);
                    if (taken.isPresent()) {
                        try (SharedEncoding encoding = taken.get()) {
                            if (shared.figures().reused() > before) {
                                byte[] part = encoding.part(0, file);
                                part[part.length / 2] ^= 1;
                                return true;
                            }
                        }
                    }
                }
            }
        }
        return false;
    }

    /** A receiver that has something asks for what differs; one that builds in place, or appends, is left to itself. */
    @ParameterizedTest
    @ValueSource(strings = {"-rtpz --inplace", "-rtpz --append", "-rtpz --append-verify"})
    void otherWaysOfWritingAreLeftAlone(String arguments) throws Exception {
        push(arguments, "one");
        assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(0, 0, 0, 0));
    }

    @Test
    void differencesAreNotShared() throws Exception {
        Path destination = Files.createDirectories(directory.resolve("one"));
        Files.write(destination.resolve("file"), new byte[100_000]);
        push("-rtpz", "one");
        assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(0, 0, 0, 0));
    }
}
