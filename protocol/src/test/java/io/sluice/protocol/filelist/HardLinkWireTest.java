package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.ProtocolException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code -H} in the file list. The two lists were sent by rsync 3.5.0 for one tree, in which {@code a}, {@code b} and {@code d/c} are one file, and the
 * symlinks {@code l} and {@code d/m} are one: they have a reference within a segment and, with incremental recursion, two across segments.
 */
class HardLinkWireTest {
    private static final String INCREMENTAL =
            "19012e008c0000010000ed4100008098017a000200a48100009298016c000100ffa1000001749298"
                    + "0162000100a4810000829a01610480980164005000ed4100000000ff6582b801022f6d03000100ffa10000017482b80201630400"
                    + "0100a48100000000fffe80020000";
    private static final String WHOLE =
            "19012e008c0000010000ed4100008098017a000200a48100009298016c000100ffa1000001749298"
                    + "0162000100a4810000829a01610380980164005000ed41000082b801022f6d0282b802016303" + "0000";
    private static final String TREE = "rltH";

    private static Capture capture(boolean incremental) {
        String hex = incremental ? INCREMENTAL : WHOLE;
        return new Capture(
                "links", 31, incremental ? 0x1ff : 0x1fe, TREE, HexFormat.of().parseHex(hex));
    }

    /** The names of a group have its first one's attributes, though only that one brought them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhichEntriesAreOneFile(boolean incremental) throws IOException {
        Capture capture = capture(incremental);
        FileList list = ListStream.read(capture, capture.bytes()).list();
        Map<String, Integer> groups = new TreeMap<>();
        for (int number = 0; number < list.segments(); number++) {
            Segment segment = list.segment(number);
            for (int position = 0; position < segment.size(); position++) {
                FileEntry entry = segment.entry(position);
                groups.put(KernelBytes.show(entry.path()), entry.linkGroup());
                if (entry.isRegular() && entry.linkGroup() >= 0) {
                    assertThat(entry.size()).isEqualTo(1);
                    assertThat(entry.mode()).isEqualTo(0100644);
                    assertThat(entry.modificationTime()).isEqualTo(1);
                }
                if (entry.isSymlink()) {
                    assertThat(entry.linkTarget()).containsExactly('t');
                }
            }
        }
        assertThat(groups.get("a")).isEqualTo(groups.get("b")).isEqualTo(groups.get("d/c"));
        assertThat(groups.get("l")).isEqualTo(groups.get("d/m")).isNotEqualTo(groups.get("a"));
        assertThat(groups).containsEntry("z", -1).containsEntry("d", -1).containsEntry(".", -1);
    }

    /** What the sender knows is an inode: from inodes it must come to the bytes that rsync came to. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesWhatRsyncWrote(boolean incremental) throws IOException {
        Capture capture = capture(incremental);
        ListStream.Read read = ListStream.read(capture, capture.bytes());
        FileList sent = new FileList(incremental);
        for (int number = 0; number < read.list().segments(); number++) {
            sent.add(withInodes(read.list().segment(number), sent));
        }
        assertThat(ListStream.write(capture, sent, read.errors())).isEqualTo(capture.bytes());
    }

    private static Segment withInodes(Segment segment, FileList list) {
        Columns from = segment.columns();
        ColumnsBuilder rows = new ColumnsBuilder(new Columns.Layout(false, false, 0, false, AllocationLimit.DEFAULT));
        int[] order = new int[from.rows];
        for (int position = 0; position < from.rows; position++) {
            order[position] = segment.row(position);
        }
        for (int row = 0; row < from.rows; row++) {
            byte[] prefix = Arrays.copyOfRange(from.prefixBytes, from.prefixStart(row), from.prefixEnd(row));
            rows.prefix(prefix, prefix.length, 0);
            byte[] name = from.name(row);
            rows.addName(name, 0, name.length);
            rows.modes[row] = from.modes[row];
            rows.flags[row] = from.flags[row];
            rows.sizes[row] = from.sizes[row];
            rows.time(from.times[row], 0);
            byte[] target = from.links.get(row);
            if (target.length > 0) {
                rows.links.add(row, target);
            }
            byte[] group = from.groups.get(row);
            if (group.length > 0) {
                rows.inode(7, group[group.length - 1]);
            }
        }
        return new Segment(list.place(segment.directory()), rows.seal(), order);
    }

    /** A cut reference must not pass for another one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rejectsTruncationAtEveryOffset(boolean incremental) {
        Capture capture = capture(incremental);
        for (int length = 0; length < capture.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(capture.bytes(), length);
            assertThatThrownBy(() -> ListStream.read(capture, cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    /** A reference may only name what was announced as the first of a group, before. */
    @Test
    void rejectsReferencesToOtherEntries() {
        for (int reference : List.of(-1, 1, 2, Integer.MAX_VALUE)) {
            byte[] bytes = new ListBytes()
                    .file("first")
                    .raw(out -> {
                        out.writeVarInt(EntryFlags.HARD_LINKED);
                        out.writeByte(1);
                        out.write(new byte[] {'x'});
                        out.writeVarInt(reference);
                    })
                    .end()
                    .bytes();
            assertThatThrownBy(() -> ListStream.read(linked(), bytes))
                    .as("reference %d", reference)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("hard-link reference");
        }
    }

    /** Else a directory could become a name of a file. */
    @Test
    void rejectsDirectoriesAsLinks() {
        byte[] bytes = new ListBytes()
                .entry(EntryFlags.HARD_LINKED | EntryFlags.HARD_LINK_FIRST, "d", ListBytes.DIRECTORY)
                .raw(out -> {
                    out.writeVarInt(EntryFlags.HARD_LINKED);
                    out.writeByte(1);
                    out.write(new byte[] {'x'});
                    out.writeVarInt(0);
                })
                .end()
                .bytes();
        assertThatThrownBy(() -> ListStream.read(linked(), bytes))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("hard link");
    }

    /** Without {@code -H} nobody asked for links. */
    @Test
    void rejectsLinksThatWereNotAskedFor() {
        ListBytes list = new ListBytes()
                .entry(EntryFlags.HARD_LINKED | EntryFlags.HARD_LINK_FIRST, "f", ListBytes.REGULAR)
                .end();
        assertThatThrownBy(list::read).isInstanceOf(ProtocolException.class).hasMessageContaining("flags");
    }

    private static Capture linked() {
        return new Capture("links", 31, 0x1fe, "rltNH", new byte[0]);
    }
}
