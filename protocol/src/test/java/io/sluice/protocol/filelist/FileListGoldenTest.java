package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists recorded from a real rsync: what it wrote is read, and written again byte for byte, so neither side can be wrong in the same way as the other. */
class FileListGoldenTest {
    static Stream<Capture> captures() {
        return Capture.all().stream();
    }

    /** Passes only if every flag, form and order of the original's is found again. */
    @ParameterizedTest
    @MethodSource("captures")
    void writesWhatItRead(Capture capture) throws IOException {
        ListStream.Read read = ListStream.read(capture, capture.bytes());
        assertThat(ListStream.write(capture, read.list(), read.errors())).isEqualTo(capture.bytes());
    }

    /** A cut list must not pass for a shorter one: each length but the whole fails. */
    @ParameterizedTest
    @MethodSource("captures")
    void rejectsTruncationAtEveryOffset(Capture capture) {
        for (int length = 0; length < capture.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(capture.bytes(), length);
            assertThatThrownBy(() -> ListStream.read(capture, cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(TransferException.class);
        }
    }

    /** The order is that of {@code rsync --list-only} on the same tree, which has every pair of names that a plain order gets wrong. */
    @Test
    void sortsAsTheOriginalLists() throws IOException {
        Capture capture = Capture.named("whole", 31);
        FileList list = ListStream.read(capture, capture.bytes()).list();
        assertThat(shownPaths(list.segment(0))).containsExactlyElementsOf(listOnly());
    }

    private static List<String> listOnly() throws IOException {
        try (var in = FileListGoldenTest.class.getResourceAsStream("list-only.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .toList();
        }
    }

    private static List<String> shownPaths(Segment segment) {
        List<String> paths = new ArrayList<>();
        FileEntry entry = new FileEntry();
        for (int i = 0; i < segment.size(); i++) {
            entry.moveTo(segment, i);
            paths.add(KernelBytes.show(entry.path()));
        }
        return paths;
    }

    @Test
    void tellsEverythingOfAnEntry() throws IOException {
        Capture capture = Capture.named("whole", 31);
        Segment segment = ListStream.read(capture, capture.bytes()).list().segment(0);
        FileEntry huge = entry(segment, "huge");
        assertThat(huge.size()).isEqualTo((5L << 30) + 7);
        assertThat(huge.isRegular()).isTrue();
        FileEntry far = entry(segment, "far");
        assertThat(far.modificationTime()).isEqualTo(1L << 33);
        assertThat(far.modificationNanos()).isEqualTo(999_999_999);
        assertThat(entry(segment, "old").modificationTime()).isEqualTo(-315_619_200);
        FileEntry odd = entry(segment, "a-b");
        assertThat(odd.mode()).isEqualTo(0107777);
        assertThat(odd.uid()).isEqualTo(12345);
        assertThat(odd.gid()).isEqualTo(23456);
        FileEntry disk = entry(segment, "disk");
        assertThat(disk.isDevice()).isTrue();
        assertThat(disk.deviceMajor()).isEqualTo(259);
        assertThat(disk.deviceMinor()).isEqualTo(70_000);
        assertThat(entry(segment, "sock").isSpecial()).isTrue();
        assertThat(entry(segment, "foo/broken").linkTarget())
                .isEqualTo("/nowhere/\u00e4".getBytes(StandardCharsets.UTF_8));
        assertThat(segment.counts().directories()).isEqualTo(9);
        assertThat(segment.totalSize()).isEqualTo(5_368_779_460L);
    }

    /** The sum is the MD5 of the three bytes the file had, so a sum taken from the wrong row would be seen. */
    @Test
    void readsSums() throws IOException {
        Capture capture = Capture.named("checksum", 32);
        Segment segment = ListStream.read(capture, capture.bytes()).list().segment(0);
        assertThat(entry(segment, "a").checksum()).asHexString().isEqualTo("F561AAF6EF0BF14D4208BB46A4CCB3AD");
        assertThat(entry(segment, "null").checksum()).isEmpty();
    }

    @Test
    void tellsTopAndImpliedDirectories() throws IOException {
        Capture capture = Capture.named("relative", 31);
        FileList list = ListStream.read(capture, capture.bytes()).list();
        Segment first = list.segment(0);
        FileEntry implied = entry(first, "foo-bar");
        assertThat(implied.isImpliedDirectory()).isTrue();
        assertThat(implied.hasContent()).isFalse();
        FileEntry top = entry(first, "sub");
        assertThat(top.isTopDirectory()).isTrue();
        assertThat(top.hasContent()).isTrue();
        assertThat(list.segment(list.segments() - 1).directory()).isPositive();
    }

    @Test
    void passesOnTheSendersErrors() throws IOException {
        for (String name : List.of("errors", "errors-whole", "errors-legacy")) {
            Capture capture = Capture.named(name, 31);
            assertThat(ListStream.read(capture, capture.bytes()).errors().getLast())
                    .as(name)
                    .isEqualTo(1);
        }
        Capture unsafe = Capture.named("errors-unsafe", 30);
        assertThat(ListStream.read(unsafe, unsafe.bytes()).errors().getLast()).isZero();
    }

    /** Indexes and directory numbers as a sender counts them: each segment leaves one index free. */
    @Test
    void numbersSegmentsAndDirectories() throws IOException {
        Capture capture = Capture.named("incremental", 31);
        FileList list = ListStream.read(capture, capture.bytes()).list();
        int next = 1;
        for (int i = 0; i < list.segments(); i++) {
            Segment segment = list.segment(i);
            assertThat(segment.firstIndex()).isEqualTo(next);
            next += segment.size() + 1;
            for (int position = 0; position < segment.size(); position++) {
                FileEntry entry = segment.entry(position);
                if (entry.isDirectory()) {
                    FileEntry directory = list.directory(entry.directoryNumber());
                    assertThat(directory.path()).isEqualTo(entry.path());
                    assertThat(directory.index()).isEqualTo(entry.index());
                }
            }
        }
        assertThat(list.directories()).isEqualTo(9);
        assertThat(list.counts().directories()).isEqualTo(9);
    }

    private static FileEntry entry(Segment segment, String path) {
        int position = segment.find(path.getBytes(StandardCharsets.UTF_8), false);
        assertThat(position).as(path).isNotNegative();
        return segment.entry(position);
    }
}
