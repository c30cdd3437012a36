package io.sluice.protocol.filelist;

import static io.sluice.protocol.filelist.ListBytes.DIRECTORY;
import static io.sluice.protocol.filelist.ListBytes.REGULAR;
import static io.sluice.protocol.filelist.ListBytes.SYMLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.AllocationException;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dishonest sender may try. {@link #acceptsWhatIsHonest} shows that the same bytes pass without the fault. */
class FileListReaderTest {
    private static final int PREFIX = EntryFlags.SAME_UID | EntryFlags.SAME_GID;

    @Test
    void acceptsWhatIsHonest() throws IOException {
        Segment segment = new ListBytes()
                .directory(".")
                .file("...")
                .file("a..b")
                .directory("d")
                .file("d/.x")
                .end()
                .read();
        assertThat(segment.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/",
                "/.",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "a//b",
                "a/",
                "a/.",
                "./a",
                "a/./b",
                "",
                "a\0b"
            })
    void rejectsUnsafePaths(String path) {
        assertRejected(new ListBytes().file(path).end(), "path");
    }

    /** Else a process without privilege would try, and fail, to give away each parent of what it asked for. */
    @Test
    void aParentThatNobodyAskedForKeepsAGroupThatCannotBeGiven() throws IOException {
        byte[] bytes = new ListBytes()
                .raw(o -> {
                    o.writeVarInt(EntryFlags.SAME_UID);
                    o.writeByte(1);
                    o.writeByte('d');
                    o.writeVarLong(0, 3);
                    o.writeVarLong(0, 4);
                    o.writeInt(DIRECTORY);
                    o.writeVarInt(12_345); // its group
                })
                .end()
                .bytes();
        assertThat(entryWithoutPrivilege(bytes, (path, directory) -> true).skipGroup())
                .isTrue();
        FileEntry parent = entryWithoutPrivilege(bytes, (path, directory) -> false);
        assertThat(parent.hasContent()).isFalse();
        assertThat(parent.skipGroup()).isTrue();
    }

    private static FileEntry entryWithoutPrivilege(byte[] bytes, NameCheck check) throws IOException {
        Capture capture = ListBytes.capture(true);
        TransferOptions options = capture.options().edit(draft -> {
            draft.group = true;
            draft.superUser = Choice.NO;
        });
        try (var in = new WireInput(new ByteArrayInputStream(bytes))) {
            var reader = new FileListReader(capture.session(), options, in, ListStream.NAMES);
            reader.check(check);
            return reader.read(new FileList(true), -1).entry(0);
        }
    }

    @Test
    void rejectsARootThatIsNoDirectory() {
        assertThatThrownBy(() -> new ListBytes().file(".").end().read())
                .isInstanceOf(ProtocolException.class)
                .hasMessage("ERROR: rejecting non-directory transfer-root entry: ."); // rsync's words
    }

    @Test
    void rejectsPathsBeyondTheKernelsLimit() throws IOException {
        assertThat(new ListBytes().file("x".repeat(4095)).end().read().size()).isEqualTo(1);
        assertRejected(new ListBytes().file("x".repeat(4096)).end(), "path bytes");
        assertRejected(startingWith(200, "x".repeat(3896)), "path bytes");
    }

    @Test
    void rejectsAStartLongerThanTheLastPath() throws IOException {
        assertThat(startingWith(200, "x").end().read().size()).isEqualTo(2);
        assertRejected(startingWith(201, "x"), "last file-list path");
    }

    /** A path of 200 bytes, then one that begins with {@code start} bytes of it. */
    private static ListBytes startingWith(int start, String rest) {
        return new ListBytes().file("y".repeat(200)).raw(o -> {
            o.writeVarInt(PREFIX | EntryFlags.SAME_NAME_START | EntryFlags.LONG_NAME | EntryFlags.SAME_MODE);
            o.writeByte(start);
            o.writeVarInt(rest.length());
            o.write(rest.getBytes(StandardCharsets.US_ASCII));
            o.writeVarLong(0, 3);
            o.writeVarLong(0, 4);
        });
    }

    @Test
    void rejectsNegativeLengths() {
        assertRejected(
                new ListBytes().raw(o -> {
                    o.writeVarInt(PREFIX | EntryFlags.LONG_NAME);
                    o.writeVarInt(-1);
                }),
                "path bytes");
    }

    @Test
    void rejectsNegativeSizes() {
        assertRejected(named(0).raw(o -> o.writeVarLong(-1, 3)), "file size");
    }

    @Test
    void rejectsNanosecondsOfASecondOrMore() throws IOException {
        assertThat(nanos(999_999_999).end().read().entry(0).modificationNanos()).isEqualTo(999_999_999);
        assertRejected(nanos(1_000_000_000), "nanoseconds");
        assertRejected(nanos(-1), "nanoseconds");
    }

    private static ListBytes nanos(int value) {
        return named(EntryFlags.NANOS_FOLLOW).raw(o -> {
            o.writeVarLong(0, 3);
            o.writeVarLong(0, 4);
            o.writeVarInt(value);
            o.writeInt(REGULAR);
        });
    }

    /** The start of an entry with a name of one byte. */
    private static ListBytes named(int flags) {
        return new ListBytes().raw(o -> {
            o.writeVarInt(PREFIX | flags);
            o.writeByte(1);
            o.writeByte('f');
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0644, 0170644, 0200000 | 0100644, -1})
    void rejectsModesOfNoKnownType(int mode) {
        assertRejected(new ListBytes().entry(0, "f", mode).end(), "file mode");
    }

    @ParameterizedTest
    @ValueSource(ints = {EntryFlags.HARD_LINKED, EntryFlags.HARD_LINK_FIRST, 1 << 14, 1 << 15, 1 << 16, 1 << 30})
    void rejectsFlagsOfWhatWasNotAskedFor(int flag) {
        assertRejected(new ListBytes().entry(flag, "f", REGULAR).end(), "flags");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4096, Integer.MAX_VALUE})
    void rejectsTargetLengthsOutOfBounds(int length) {
        assertRejected(new ListBytes().entry(0, "l", SYMLINK).raw(o -> o.writeVarInt(length)), "target bytes");
    }

    @Test
    void rejectsATargetWithNul() {
        ListBytes list = new ListBytes().entry(0, "l", SYMLINK).raw(o -> {
            o.writeVarInt(2);
            o.writeShort('x');
        });
        assertRejected(list.end(), "NUL");
    }

    @Test
    void rejectsEntriesOutsideTheSegmentsDirectory() throws IOException {
        ListBytes honest = new ListBytes()
                .directory("d")
                .end()
                .content(100)
                .file("d/f")
                .end()
                .endOfSegments();
        assertThat(ListStream.read(ListBytes.capture(true), honest.bytes())
                        .list()
                        .segments())
                .isEqualTo(2);
        for (String path : new String[] {"f", "e/f", "d/x/f", "dd/f"}) {
            ListBytes list =
                    new ListBytes().directory("d").end().content(100).file(path).end();
            assertRejected(list.endOfSegments(), true, "directory of a file-list path");
        }
        assertRejected(new ListBytes().file("d/f").end().endOfSegments(), true, "directory of a file-list path");
    }

    @Test
    void rejectsContentOfDirectoriesThatAreUnknown() {
        ListBytes list = new ListBytes().directory("d").end().content(101).end();
        assertRejected(list.endOfSegments(), true, "file-list directory: 1");
    }

    @Test
    void rejectsContentThatHasCome() {
        ListBytes list = new ListBytes()
                .directory("d")
                .end()
                .content(100)
                .end()
                .content(0)
                .end();
        assertRejected(list.endOfSegments(), true, "file-list directory: 0");
    }

    @Test
    void rejectsContentOfADuplicate() {
        ListBytes list =
                new ListBytes().directory("d").directory("d").end().content(101).end();
        assertRejected(list.endOfSegments(), true, "not a duplicate");
    }

    private static void assertRejected(ListBytes list, String message) {
        assertRejected(list.raw(WireOutput::flush), false, message);
    }

    private static void assertRejected(ListBytes list, boolean incremental, String message) {
        byte[] bytes = list.bytes();
        assertThatThrownBy(() -> ListStream.read(ListBytes.capture(incremental), bytes))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void keepsTheFirstOfEqualNames() throws IOException {
        Segment segment = new ListBytes().file("f").entry(0, "f", 0100600).end().read();
        assertThat(segment.entry(0).isDuplicate()).isFalse();
        assertThat(segment.entry(0).mode()).isEqualTo(REGULAR);
        assertThat(segment.entry(1).isDuplicate()).isTrue();
        assertThat(segment.find(new byte[] {'f'}, false)).isZero();
    }

    @Test
    void prefersADirectoryToAFileOfItsName() throws IOException {
        Segment segment =
                new ListBytes().file("a").file("n").directory("n").end().read();
        int found = segment.find(new byte[] {'n'}, false);
        assertThat(segment.entry(found).isDirectory()).isTrue();
        assertThat(segment.entry(1).isDuplicate()).isTrue();
    }

    /** Directories that only hold directories go; those on the way to a file, the root, and what a rule keeps stay. */
    @Test
    void prunesEmptyDirectories() throws IOException {
        byte[] bytes = new ListBytes()
                .directory(".")
                .directory("a")
                .directory("a/b")
                .directory("a/b/c")
                .directory("d")
                .directory("d/e")
                .file("d/e/f")
                .directory("d/g")
                .directory("k")
                .directory("k/l")
                .directory("z")
                .end()
                .bytes();
        assertThat(remaining(bytes, "k/l")).containsExactly(".", "d", "d/e", "d/e/f", "k", "k/l");
        assertThat(remaining(bytes, "")).containsExactly(".", "d", "d/e", "d/e/f");
    }

    private static List<String> remaining(byte[] bytes, String kept) throws IOException {
        Capture capture = ListBytes.capture(false);
        var options = capture.options().with(Capture.pruning());
        try (var in = new WireInput(new ByteArrayInputStream(bytes))) {
            var reader = new FileListReader(capture.session(), options, in, ListStream.NAMES);
            reader.keepEmpty(path -> new String(path, StandardCharsets.US_ASCII).equals(kept));
            Segment segment = reader.read(new FileList(false), -1);
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < segment.size(); i++) {
                if (!segment.entry(i).isDuplicate()) {
                    paths.add(new String(segment.entry(i).path(), StandardCharsets.US_ASCII));
                }
            }
            return paths;
        }
    }

    /** An implied parent that is also an argument has content, and is no implied one. */
    @Test
    void mergesTheFlagsOfEqualDirectories() throws IOException {
        Segment segment = new ListBytes()
                .entry(EntryFlags.TOP_DIRECTORY | EntryFlags.NO_CONTENT, "d", DIRECTORY)
                .entry(EntryFlags.TOP_DIRECTORY, "d", DIRECTORY)
                .end()
                .read();
        FileEntry kept = segment.entry(0);
        assertThat(kept.hasContent()).isTrue();
        assertThat(kept.isTopDirectory()).isTrue();
        assertThat(kept.isImpliedDirectory()).isFalse();
        assertThat(segment.entry(1).isDuplicate()).isTrue();
    }

    /** The same list is read with a limit that is wide enough, so that it is the length that is refused. */
    @Test
    void noColumnGrowsBeyondTheLimit() throws IOException {
        byte[] longNames = thousandFiles("a name of twenty-six ");
        assertThat(limited(longNames, 64 * 1024)).isEqualTo(1000);
        assertThatThrownBy(() -> limited(longNames, 20_000))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=20000 setting (names of a file list)");
        byte[] shortNames = thousandFiles("");
        assertThatThrownBy(() -> limited(shortNames, 7000))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=7000 setting (entries of a file list)");
    }

    private static byte[] thousandFiles(String prefix) {
        ListBytes list = new ListBytes();
        for (int i = 0; i < 1000; i++) {
            list.file(prefix + (10_000 + i));
        }
        return list.end().bytes();
    }

    private static int limited(byte[] bytes, long limit) throws IOException {
        Capture capture = ListBytes.capture(false);
        TransferOptions options = capture.options().edit(draft -> draft.maxAllocation = limit);
        try (var in = new WireInput(new ByteArrayInputStream(bytes))) {
            var reader = new FileListReader(capture.session(), options, in, ListStream.NAMES);
            return reader.read(new FileList(false), -1).size();
        }
    }
}
