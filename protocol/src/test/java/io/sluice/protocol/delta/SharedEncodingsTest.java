package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What sessions share is what each would have sent, and never of yesterday. The clock is the test's: the kernel puts real
 * times on files, and the test says what time it is.
 */
class SharedEncodingsTest {
    private static final byte[] PATH = {'d', '/', 'f'};
    private static final long MEBI = 1 << 20;
    private static final int SIZE = 700_000;

    /** Follows the system's, moved by what the test wants. */
    private static final class MovedClock implements SharingClock {
        private long set;
        private long passed;

        @Override
        public long timeNanos() {
            return SharingClock.SYSTEM.timeNanos() + set + passed;
        }

        @Override
        public long steadyNanos() {
            return SharingClock.SYSTEM.steadyNanos() + passed;
        }
    }

    private final MovedClock clock = new MovedClock();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final SharedEncodings shared = shared(64 * MEBI);

    private SharedEncodings shared(long capacity) {
        SharedEncodings made = new SharedEncodings(capacity, clock, later::add);
        made.among(2);
        return made;
    }

    private void pass(long nanos) {
        clock.passed += nanos;
    }

    private static Session session(CompressionType type, int seed) {
        return Sessions.with(ChecksumType.MD5, seed, true, type, ProtocolVersion.NEWEST);
    }

    private static Optional<SharedEncoding> take(SharedEncodings from, Session session, DiskFile file)
            throws IOException {
        return take(from, session, PATH, file);
    }

    private static Optional<SharedEncoding> take(SharedEncodings from, Session session, FileStatus status) {
        return from.of(session, OptionalInt.empty(), 0).take(PATH, status);
    }

    private static Optional<SharedEncoding> take(SharedEncodings from, Session session, byte[] path, DiskFile file)
            throws IOException {
        FileStatus status = new FileStatus();
        file.file().status(status);
        return from.of(session, OptionalInt.empty(), 0).take(path, status);
    }

    /** What a session gets, to the last part. */
    private record Sent(byte[] stream, byte[] digest, boolean whole) {
        static Sent of(SharedEncoding encoding, DiskFile file) throws IOException {
            try (encoding) {
                ByteArrayOutputStream stream = new ByteArrayOutputStream();
                for (int part = 0; part < encoding.parts(); part++) {
                    stream.write(encoding.part(part, file.file()));
                }
                byte[] digest = new byte[64];
                return new Sent(
                        stream.toByteArray(), Arrays.copyOf(digest, encoding.digest(digest)), encoding.isWhole());
            }
        }
    }

    private Sent send(SharedEncodings from, Session session, DiskFile file) throws IOException {
        return Sent.of(take(from, session, file).orElseThrow(), file);
    }

    /** What a session's own tokens would be, and the sum. */
    private static Sent alone(Session session, byte[] content) throws IOException {
        Sending sent = Sending.of(
                new Matcher(session, AllocationLimit.DEFAULT),
                session,
                Sending.Job.of(new byte[0], SumHead.NONE, content, false));
        return new Sent(sent.stream(), sent.sum(), sent.whole());
    }

    private static byte[] content(int length) {
        byte[] text = GoldenFiles.content(length / 2, 1, true);
        return GoldenFiles.join(text, GoldenFiles.content(length - text.length, 2, false));
    }

    /** Two sessions with seeds of their own: were anything of the stream the session's, the second's would differ. */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void twoSessionsHaveTheSameBytes(CompressionType type) throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            Sent first = send(shared, session(type, 7), file);
            Sent second = send(shared, session(type, 8), file);
            Sent apart = send(shared(64 * MEBI), session(type, 9), file);
            assertThat(second.stream()).isEqualTo(first.stream()).isEqualTo(apart.stream());
            assertThat(second.digest()).isEqualTo(first.digest()).isEqualTo(apart.digest());
            assertThat(shared.figures().made()).isEqualTo(1);
            assertThat(shared.figures().reused()).isEqualTo(1);
        }
    }

    /** Nor does a peer see that they were shared, but for zstd, whose frame is for one file then. */
    @ParameterizedTest
    @EnumSource(value = CompressionType.class, mode = EnumSource.Mode.EXCLUDE, names = "ZSTD")
    void theyAreThoseOfASessionThatSharesNothing(CompressionType type) throws IOException {
        for (int size : List.of(2048, 16_383, 32_768, 262_143, 262_144, 262_145, SIZE)) {
            byte[] content = content(size);
            try (DiskFile file = new DiskFile(content)) {
                pass(SharedEncodings.SETTLING_NANOS);
                Sent sent = send(shared(64 * MEBI), session(type, 7), file);
                Sent alone = alone(session(type, 7), content);
                assertThat(sent.stream()).as("%d bytes", size).isEqualTo(alone.stream());
                assertThat(sent.digest()).isEqualTo(alone.digest());
                assertThat(sent.whole()).isTrue();
            }
        }
    }

    /** One reader for all of a session, as a peer has: files of its own, a shared one, one of its own again, the shared one again. */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void aPeerReadsThemBetweenOthers(CompressionType type) throws IOException {
        byte[] own = GoldenFiles.content(5000, 3, true);
        byte[] content = content(SIZE);
        Session session = session(type, 7);
        try (DiskFile file = new DiskFile(content)) {
            pass(SharedEncodings.SETTLING_NANOS);
            byte[] wire = Wire.written(out -> {
                try (TokenWriter tokens = Tokens.writer(session, OptionalInt.empty(), out)) {
                    for (int round = 0; round < 2; round++) {
                        tokens.literal(own, 0, own.length);
                        tokens.end();
                        tokens.standAlone();
                        out.write(send(shared, session, file).stream());
                    }
                }
            });
            try (TokenReader tokens = Tokens.reader(session, Wire.reading(wire))) {
                for (int round = 0; round < 2; round++) {
                    assertThat(Rebuild.apart(tokens, SumHead.NONE, new byte[0])).isEqualTo(own);
                    assertThat(Rebuild.apart(tokens, SumHead.NONE, new byte[0])).isEqualTo(content);
                }
            }
        }
    }

    /** It is the seed that would be in the sum, and what is fast that costs more to keep. */
    @ParameterizedTest
    @CsvSource({
        "MD4_SEEDED, NONE, false",
        "MD4_SEEDED, ZLIB, false",
        "MD5, NONE, true",
        "MD4, NONE, true",
        "SHA1, NONE, true",
        "XXH128, NONE, false",
        "XXH128, ZSTD, true",
        "NONE, NONE, false",
        "NONE, ZLIB, true"
    })
    void sumsWithASeedAreLeftOut(ChecksumType sum, CompressionType codec, boolean expected) {
        assertThat(new EncodingManner(codec, OptionalInt.empty(), 0, sum).isWorthSharing())
                .isEqualTo(expected);
    }

    /** Those that are shared are the same for all seeds; the one that is left out is not. */
    @ParameterizedTest
    @EnumSource(ChecksumType.class)
    void onlyTheSumThatIsLeftOutDependsOnTheSeed(ChecksumType type) {
        byte[] content = content(1000);
        boolean same = Arrays.equals(sum(type, 1, content), sum(type, 2, content));
        assertThat(same)
                .isEqualTo(new EncodingManner(CompressionType.ZLIB, OptionalInt.empty(), 0, type).isWorthSharing());
    }

    private static byte[] sum(ChecksumType type, int seed, byte[] content) {
        StrongChecksum sum =
                Checksums.transfer(Sessions.with(type, seed, true, CompressionType.NONE, ProtocolVersion.NEWEST));
        byte[] digest = new byte[sum.length()];
        sum.update(content, 0, content.length);
        sum.digest(digest, 0);
        return digest;
    }

    @Test
    void whatDiffersBetweenMannersIsMadeForEach() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            FileStatus status = new FileStatus();
            file.file().status(status);
            List<SessionEncodings> manners = new ArrayList<>();
            for (CompressionType codec : List.of(CompressionType.ZLIB, CompressionType.ZSTD)) {
                for (OptionalInt level : List.of(OptionalInt.empty(), OptionalInt.of(1))) {
                    for (ChecksumType sum : List.of(ChecksumType.MD5, ChecksumType.XXH128)) {
                        Session session = Sessions.with(sum, 1, true, codec, ProtocolVersion.NEWEST);
                        manners.add(shared.of(session, level, 0));
                    }
                }
            }
            List<byte[]> streams = new ArrayList<>();
            for (SessionEncodings manner : manners) {
                Sent sent = Sent.of(manner.take(PATH, status).orElseThrow(), file);
                streams.add(GoldenFiles.join(sent.stream(), sent.digest()));
            }
            assertThat(streams).doesNotHaveDuplicates();
            assertThat(shared.figures().made()).isEqualTo(manners.size());
        }
    }

    /**
     * The heart of it: written, pushed to one, written again with the same size and in the same tick of the kernel's clock, pushed
     * to another. What the kernel of this machine makes of the second time is not asked: both pushes see the first status.
     */
    @Test
    void twoWritesInOneTickAreTwoContents() throws IOException {
        byte[] first = content(SIZE);
        byte[] second = first.clone();
        second[5] ^= 1;
        Session session = session(CompressionType.ZLIB, 1);
        try (DiskFile file = new DiskFile(first)) {
            FileStatus tick = status(file);
            long changed = tick.ctimeSeconds() * 1_000_000_000 + tick.ctimeNanos();
            clock.set = changed + 1_000_000 - clock.timeNanos(); // a moment after the first
            Optional<SharedEncoding> early = take(shared, session, tick);
            if (early.isPresent()) {
                Sent.of(early.get(), file);
            }
            Files.write(file.path(), second);
            pass(SharedEncodings.SETTLING_NANOS);
            Sent sent = Sent.of(take(shared, session, tick).orElseThrow(), file);
            assertThat(sent.digest()).isEqualTo(alone(session, second).digest());
        }
    }

    /** The bound itself, in nanoseconds: as long as another write may have the same time, nothing is begun, and nothing is kept of it. */
    @Test
    void nothingIsBegunUntilALaterChangeWouldShow() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            FileStatus status = status(file);
            long changed = status.ctimeSeconds() * 1_000_000_000 + status.ctimeNanos();
            long[] now = new long[1];
            SharedEncodings stopped = new SharedEncodings(
                    64 * MEBI,
                    new SharingClock() {
                        @Override
                        public long timeNanos() {
                            return now[0];
                        }

                        @Override
                        public long steadyNanos() {
                            return 0;
                        }
                    },
                    later::add);
            stopped.among(2);
            SessionEncodings session = stopped.of(session(CompressionType.ZLIB, 1), OptionalInt.empty(), 0);
            for (long age : new long[] {
                Long.MIN_VALUE / 2, -3_600_000_000_000L, -1, 0, 10_000_000, SharedEncodings.SETTLING_NANOS - 1
            }) {
                now[0] = age < Long.MIN_VALUE / 4 ? 0 : changed + age;
                assertThat(session.take(PATH, status)).as("after %d ns", age).isEmpty();
            }
            assertThat(stopped.figures()).isEqualTo(new SharedEncodings.Figures(0, 0, 0, 0));
            now[0] = changed + SharedEncodings.SETTLING_NANOS;
            assertThat(session.take(PATH, status)).isPresent();
        }
    }

    private static FileStatus status(DiskFile file) throws IOException {
        FileStatus status = new FileStatus();
        file.file().status(status);
        return status;
    }

    /** Same size, and the times of content put back: the inode's own time tells. */
    @Test
    void aLaterWriteIsAnotherFile() throws IOException {
        byte[] old = content(SIZE);
        try (DiskFile file = new DiskFile(old)) {
            var modified = Files.getLastModifiedTime(file.path());
            pass(SharedEncodings.SETTLING_NANOS);
            send(shared, session(CompressionType.ZLIB, 1), file);
            byte[] changed = old.clone();
            changed[5] ^= 1;
            Files.write(file.path(), changed);
            Files.setLastModifiedTime(file.path(), modified);
            pass(SharedEncodings.SETTLING_NANOS);
            Sent sent = send(shared, session(CompressionType.ZLIB, 2), file);
            assertThat(sent.digest())
                    .isEqualTo(alone(session(CompressionType.ZLIB, 2), changed).digest());
            assertThat(shared.figures().encodings()).isEqualTo(1);
        }
    }

    /** Through a mapping of pages that are dirty already, content changes under the same status; only who hears of it can tell. */
    @Test
    void whatIsToldToHaveChangedIsForgotten() throws IOException {
        byte[] content = content(SIZE);
        Session session = session(CompressionType.ZLIB, 1);
        try (DiskFile file = new DiskFile(content)) {
            FileStatus same = status(file);
            pass(SharedEncodings.SETTLING_NANOS);
            Sent.of(take(shared, session, same).orElseThrow(), file);
            content[5] ^= 1;
            Files.write(file.path(), content);
            Sent stale = Sent.of(take(shared, session, same).orElseThrow(), file);
            assertThat(stale.digest())
                    .as("untold, it stays")
                    .isNotEqualTo(alone(session, content).digest());
            shared.forget(new byte[] {'o', 't', 'h', 'e', 'r'});
            assertThat(shared.figures().encodings()).isEqualTo(1);
            shared.forget(PATH);
            Sent sent = Sent.of(take(shared, session, same).orElseThrow(), file);
            assertThat(sent.digest()).isEqualTo(alone(session, content).digest());
        }
    }

    @Test
    void allIsForgottenWhenAnythingMayHaveChanged() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            for (byte name = 0; name < 3; name++) {
                Sent.of(
                        take(shared, session(CompressionType.ZLIB, 1), new byte[] {name}, file)
                                .orElseThrow(),
                        file);
            }
            shared.forgetAll();
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(3, 0, 0, 0));
        }
    }

    /** Those who have one that is forgotten go on with it, and nobody joins them. */
    @Test
    void forgettingConcernsThoseWhoComeLater() throws IOException {
        byte[] content = content(SIZE);
        try (DiskFile file = new DiskFile(content)) {
            pass(SharedEncodings.SETTLING_NANOS);
            SharedEncoding early =
                    take(shared, session(CompressionType.ZLIB, 1), file).orElseThrow();
            early.part(0, file.file());
            shared.forget(PATH);
            Sent late = send(shared, session(CompressionType.ZLIB, 2), file);
            assertThat(shared.figures().made()).isEqualTo(2);
            assertThat(Sent.of(early, file).digest()).isEqualTo(late.digest());
            assertThat(shared.figures().encodings()).isEqualTo(1);
        }
    }

    /** Between two parts of it: for those who are at it, it is as if each had read the file; it does not stay. */
    @Test
    void whatChangesWhileItIsReadDoesNotStay() throws IOException {
        byte[] content = content(SIZE);
        try (DiskFile file = new DiskFile(content)) {
            pass(SharedEncodings.SETTLING_NANOS);
            SharedEncoding encoding =
                    take(shared, session(CompressionType.NONE, 1), file).orElseThrow();
            encoding.part(0, file.file());
            byte[] changed = content.clone();
            changed[SIZE - 1] ^= 1;
            Files.write(file.path(), changed);
            Sent torn = Sent.of(encoding, file);
            assertThat(torn.digest())
                    .isEqualTo(alone(session(CompressionType.NONE, 1), changed).digest());
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(1, 0, 0, 0));
        }
    }

    /** The rest is zeros and the sum is not to be believed; the next one reads for itself. */
    @Test
    void whatCannotBeReadToItsEndDoesNotStay() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            SharedEncoding encoding =
                    take(shared, session(CompressionType.ZLIB, 1), file).orElseThrow();
            encoding.part(0, file.file());
            Files.write(file.path(), content(SIZE / 2));
            assertThat(Sent.of(encoding, file).whole()).isFalse();
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(1, 0, 0, 0));
        }
    }

    /** Whoever set the clock may have set it so that a change has the time of an earlier one. */
    @ParameterizedTest
    @CsvSource({"-3600000000000", "-21000000", "21000000", "3600000000000"})
    void aClockThatWasSetEndsAllTrust(long step) throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(10 * 3_600_000_000_000L);
            send(shared, session(CompressionType.ZLIB, 1), file);
            clock.set = step;
            send(shared, session(CompressionType.ZLIB, 2), file);
            assertThat(shared.figures().made()).isEqualTo(2);
            send(shared, session(CompressionType.ZLIB, 2), file);
            assertThat(shared.figures().made())
                    .as("the first that was made since is as good as ever")
                    .isEqualTo(2);
        }
    }

    @Test
    void oneWhoIsAloneSharesNothing() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            shared.among(1);
            assertThat(take(shared, session(CompressionType.ZLIB, 1), file)).isEmpty();
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(0, 0, 0, 0));
        }
    }

    /** A second name may be written to through without a word of this one. */
    @Test
    void filesWithSeveralNamesAreLeftOut() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            var second = file.path().resolveSibling(file.path().getFileName() + ".second");
            Files.createLink(second, file.path());
            pass(SharedEncodings.SETTLING_NANOS);
            assertThat(take(shared, session(CompressionType.ZLIB, 1), file)).isEmpty();
            Files.delete(second);
            pass(SharedEncodings.SETTLING_NANOS);
            assertThat(take(shared, session(CompressionType.ZLIB, 1), file)).isPresent();
        }
    }

    /** The third needs the room of the oldest that nobody has; what is in use stays, and then there is none. */
    @Test
    void theOldestGoFirst() throws IOException {
        SharedEncodings small = shared(4 * (SIZE + SharedEncodings.OVERHEAD));
        Session session = session(CompressionType.NONE, 1);
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            for (byte name = 0; name < 3; name++) {
                Sent.of(take(small, session, new byte[] {name}, file).orElseThrow(), file);
            }
            take(small, session, new byte[] {0}, file).orElseThrow().close();
            Sent.of(take(small, session, new byte[] {9}, file).orElseThrow(), file); // takes the place of 1
            assertThat(small.figures().bytes()).isLessThanOrEqualTo(4 * (SIZE + SharedEncodings.OVERHEAD));
            long made = small.figures().made();
            take(small, session, new byte[] {0}, file).orElseThrow().close();
            assertThat(small.figures().made()).isEqualTo(made);
            List<SharedEncoding> held = new ArrayList<>();
            Optional<SharedEncoding> more = take(small, session, new byte[] {0}, file);
            for (byte name = 10; more.isPresent(); name++) {
                held.add(more.get());
                more = take(small, session, new byte[] {name}, file);
            }
            assertThat(held).hasSizeBetween(3, 4);
            held.forEach(SharedEncoding::close);
            assertThat(take(small, session, new byte[] {20}, file)).isPresent();
        }
    }

    @Test
    void tooLargeFilesAreLeftOut() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            long least = (long) SharedEncodings.FILES * (SIZE + SharedEncodings.OVERHEAD);
            assertThat(take(shared(least - 1), session(CompressionType.NONE, 1), file))
                    .isEmpty();
            assertThat(take(shared(least), session(CompressionType.NONE, 1), file))
                    .isPresent();
        }
    }

    @Test
    void whatNobodyAsksForGoes() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            send(shared, session(CompressionType.ZLIB, 1), file);
            later.remove().run();
            assertThat(shared.figures().encodings()).as("it was used just now").isEqualTo(1);
            pass(SharedEncodings.IDLE_NANOS);
            later.remove().run();
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(1, 0, 0, 0));
            assertThat(later).as("nothing to look after").isEmpty();
        }
    }

    /** One that stops in the middle keeps nobody: the other makes what is missing, and both end with the same. */
    @Test
    void whoIsSlowHoldsUpNobody() throws IOException {
        byte[] content = content(SIZE);
        try (DiskFile file = new DiskFile(content)) {
            pass(SharedEncodings.SETTLING_NANOS);
            SharedEncoding slow =
                    take(shared, session(CompressionType.ZLIB, 1), file).orElseThrow();
            slow.part(0, file.file());
            Sent fast = send(shared, session(CompressionType.ZLIB, 2), file);
            assertThat(fast.stream()).isEqualTo(alone(session(CompressionType.ZLIB, 1), content).stream());
            assertThat(Sent.of(slow, file).stream()).isEqualTo(fast.stream());
        }
    }

    /** Who breaks off in the middle leaves nothing behind. */
    @Test
    void whatAllGaveUpIsGone() throws IOException {
        try (DiskFile file = new DiskFile(content(SIZE))) {
            pass(SharedEncodings.SETTLING_NANOS);
            SharedEncoding one =
                    take(shared, session(CompressionType.ZLIB, 1), file).orElseThrow();
            SharedEncoding other =
                    take(shared, session(CompressionType.ZLIB, 2), file).orElseThrow();
            one.part(0, file.file());
            one.close();
            other.part(0, file.file());
            other.part(1, file.file());
            other.close();
            assertThat(shared.figures()).isEqualTo(new SharedEncodings.Figures(1, 1, 0, 0));
        }
    }

    /** Many at once, each at its own pace: all have the same, and it was made once. */
    @Test
    void manySessionsAtOnceShareOne() throws Exception {
        byte[] content = content(SIZE);
        byte[] expected = alone(session(CompressionType.ZLIB, 1), content).stream();
        try (DiskFile file = new DiskFile(content)) {
            pass(SharedEncodings.SETTLING_NANOS);
            List<FutureTask<Sent>> sessions = new ArrayList<>();
            SharedEncoding kept =
                    take(shared, session(CompressionType.ZLIB, 99), file).orElseThrow();
            for (int i = 0; i < 16; i++) {
                Session session = session(CompressionType.ZLIB, i);
                FutureTask<Sent> task = new FutureTask<>(() -> send(shared, session, file));
                sessions.add(task);
                Thread.ofPlatform().daemon().start(task);
            }
            for (FutureTask<Sent> task : sessions) {
                assertThat(task.get().stream()).isEqualTo(expected);
            }
            kept.close();
            assertThat(shared.figures().made()).isEqualTo(1);
        }
    }
}
