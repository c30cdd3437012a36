package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trees go from one program to the other, both directions and both roles, and arrive equal in content and all metadata. The snapshots that are compared
 * hold every entry, so an empty or partial transfer cannot pass; each test also checks that the source had what it is about.
 */
class TransferIT {
    private static final int MANY = 20_000;
    private static final int SOME = 2_000;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path source;
    private @Nullable DaemonProcess daemon;
    private int transfers;

    static Stream<Pairing> pairings() {
        return Pairing.all();
    }

    static Stream<Arguments> compressions() {
        return pairings()
                .flatMap(pairing ->
                        Stream.of("zstd", "lz4", "zlibx", "zlib").map(codec -> Arguments.of(pairing, codec)));
    }

    static Stream<Arguments> checksums() {
        return pairings()
                .flatMap(pairing -> Stream.of("xxh128", "xxh3", "xxh64", "md5", "md4", "sha1")
                        .map(checksum -> Arguments.of(pairing, checksum)));
    }

    static Stream<Arguments> protocols() {
        return pairings().flatMap(pairing -> Stream.of(30, 31, 32).map(version -> Arguments.of(pairing, version)));
    }

    static Stream<Arguments> deletions() {
        return pairings()
                .flatMap(pairing -> Stream.of("--delete-before", "--delete-during", "--delete-delay", "--delete-after")
                        .map(when -> Arguments.of(pairing, when)));
    }

    @BeforeEach
    void makeSource() {
        source = directory.resolve("source");
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        try (Stream<Path> all = Files.walk(target())) {
            List<String> temporary = all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\..*\\.[A-Za-z0-9]{6}"))
                    .toList();
            assertThat(temporary).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void manyFilesArriveEqual(Pairing pairing) throws Exception {
        SampleTree.plain(source, MANY, 1);
        assertThat(TreeSnapshot.of(source)).hasSizeGreaterThan(MANY);
        transfer(pairing, "-a");
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void everyKindOfFileArrivesEqual(Pairing pairing) throws Exception {
        SampleTree.odd(source, 2);
        transfer(pairing, "-a", "--specials", "--devices");
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void largeSparseFileArrivesSparse(Pairing pairing) throws Exception {
        Files.createDirectories(source);
        try (RandomAccessFile file =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            file.setLength(3L << 30);
            file.seek(5L << 29);
            file.write("in the middle".getBytes(StandardCharsets.US_ASCII));
        }
        transfer(pairing, "-aS");
        FileStatus status = new FileStatus();
        try (DirectoryHandle target = DirectoryHandle.open(target().toString().getBytes(StandardCharsets.ISO_8859_1))) {
            target.status("sparse".getBytes(StandardCharsets.US_ASCII), false, status);
        }
        assertThat(status.blocks() * 512).isLessThan(1L << 24);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void editsAndDeletionsArrive(Pairing pairing) throws Exception {
        SampleTree.plain(source, SOME, 3);
        Path target = transfer(pairing, "-a");
        Map<String, String> before = TreeSnapshot.of(target);
        SampleTree.edit(source, SOME, 4);
        transfer(pairing, "-a", "--delete");
        assertThat(TreeSnapshot.of(target)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("deletions")
    void eachTimeOfDeletionGivesTheSameTree(Pairing pairing, String when) throws Exception {
        SampleTree.plain(source, SOME / 4, 5);
        SampleTree.plain(target(), SOME / 2, 5);
        transfer(pairing, "-a", when);
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void eachCompressionCarriesNewFilesAndDeltas(Pairing pairing, String codec) throws Exception {
        deltas(pairing, "-az", "--no-whole-file", "--compress-choice=" + codec);
    }

    @ParameterizedTest
    @MethodSource("checksums")
    void eachChecksumFindsWhatSizeAndTimeHide(Pairing pairing, String checksum) throws Exception {
        SampleTree.plain(source, 300, 6);
        transfer(pairing, "-a");
        Path victim = source.resolve("d0/e1/file-101");
        byte[] content = Files.readAllBytes(victim);
        var time = Files.getLastModifiedTime(victim);
        content[content.length / 2] ^= 1;
        Files.write(victim, content);
        Files.setLastModifiedTime(victim, time);
        transfer(pairing, "-ac", "--no-whole-file", "--checksum-choice=" + checksum);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void eachProtocolCarriesADelta(Pairing pairing, int version) throws Exception {
        deltas(pairing, "-a", "--no-whole-file", "--protocol=" + version);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void delayedUpdatesArrive(Pairing pairing) throws Exception {
        deltas(pairing, "-a", "--delay-updates");
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void inPlaceUpdatesArrive(Pairing pairing) throws Exception {
        deltas(pairing, "-a", "--inplace", "--no-whole-file");
    }

    /** Text of several MB, then edited at many places, with a piece moved to the front. */
    private void deltas(Pairing pairing, String... options) throws Exception {
        SampleTree.plain(source, 100, 7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("line ").append(i * 31).append(" of a text that compresses\n");
        }
        Files.writeString(source.resolve("text"), text);
        transfer(pairing, options);
        String moved = text.substring(2_000_000, 2_100_000);
        for (int i = 0; i < 40; i++) {
            text.insert(i * 70_000, "inserted " + i);
        }
        Files.writeString(source.resolve("text"), moved + text);
        Files.writeString(source.resolve("new"), "new");
        transfer(pairing, options);
    }

    /** Transfers the source to the target and checks that both are equal. */
    private Path transfer(Pairing pairing, String... options) throws IOException, InterruptedException {
        Path target = target();
        Files.createDirectories(target);
        // rsync takes times within one second for equal: each state of the source gets a second of its own.
        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(1_500_000_000 + transfers++, 12_345)));
        DaemonProcess running = daemon(pairing);
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(
                pairing.push()
                        ? List.of(source + "/", running.url("tree/"))
                        : List.of(running.url("tree/"), target + "/"));
        Program.Run run = pairing.client().run(directory, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out() + running.log()).isZero();
        boolean wholeSeconds = Arrays.asList(options).contains("--protocol=30"); // which carries no more
        assertThat(snapshot(target, wholeSeconds)).isEqualTo(snapshot(source, wholeSeconds));
        return target;
    }

    /** The one of this test, started with its first transfer. */
    private DaemonProcess daemon(Pairing pairing) throws IOException {
        if (daemon == null) {
            // Only where links can lead nowhere else does rsync's daemon leave absolute ones as they are.
            String chroot = "root".equals(System.getProperty("user.name")) ? "yes" : "no";
            String module = "[tree]\npath = %s\nuse chroot = %s\n".formatted(pairing.push() ? target() : source, chroot)
                    + "munge symlinks = no\nread only = no\nauth users = web1user\nsecrets file = @HOME@/secrets\n";
            daemon = DaemonProcess.start(pairing.daemon(), directory.resolve("daemon"), module);
        }
        return daemon;
    }

    private static Map<String, String> snapshot(Path tree, boolean wholeSeconds) throws IOException {
        Map<String, String> snapshot = TreeSnapshot.of(tree);
        if (wholeSeconds) {
            snapshot.replaceAll((path, entry) -> entry.replaceFirst("( mtime=\\d+)\\.\\d+", "$1"));
        }
        return snapshot;
    }

    private Path target() {
        return directory.resolve("target");
    }
}
