package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.KernelBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -H} in lists of protocols 27 to 29. The lists were sent by rsync 3.5.0 for one tree, in which {@code a}, {@code b} and {@code d/c} are one file,
 * the symlinks {@code l} and {@code d/m} are one, the fifos {@code p} and {@code d/q} are one, and {@code z} has one name. Two have sums, which follow the inode.
 */
class InodeWireTest {
    private static final long DEVICE = 0x1b;
    /** By the first name in the alphabet. */
    private static final Map<Character, Long> INODES =
            Map.of('z', 0x59784bL, 'a', 0x59784cL, 'l', 0x59784dL, 'p', 0x59784eL);

    private static final Map<String, Character> FILES =
            Map.of("z", 'z', "a", 'a', "b", 'a', "d/c", 'a', "l", 'l', "d/m", 'l', "p", 'p', "d/q", 'p');

    enum Sent {
        FILES_27(
                27,
                "rltNDH",
                "19012ea000000000ca9a3bed4100009c017000000000a411000098016c01000000ffa10000010000007498016201000000a48100001c"
                        + "0000004c7859009a0161010000001c0000004c7859009a017a010000001c0000004b78590098016464000000ed410000bc01022f"
                        + "7100000000a4110000b802016d01000000ffa100000100000074b802016301000000a48100001c0000004c7859000000000000"),
        SUMS_27(
                27,
                "rltNcH",
                "19012ea000000000ca9a3bed4100000000000000000000000000000000000098017000000000a4110000000000000000000000000000"
                        + "0000000098016c01000000ffa1000001000000740000000000000000000000000000000098016201000000a48100001c0000004c"
                        + "785900bde52cb31de33e46245e05fbdbd6fb249a0161010000001c0000004c785900bde52cb31de33e46245e05fbdbd6fb249a01"
                        + "7a010000001c0000004b785900080cf5aed9aa469babfae73fe4238d8998016464000000ed410000000000000000000000000000"
                        + "00000000b801022f7100000000a411000000000000000000000000000000000000b802016d01000000ffa1000001000000740000"
                        + "0000000000000000000000000000b802016301000000a48100001c0000004c785900bde52cb31de33e46245e05fbdbd6fb240000"
                        + "000000"),
        FILES_28(
                28,
                "rltNDH",
                "19012ea000000000ca9a3bed4100009c0b017000000000a4110000001c0000004e7859009c06016c01000000ffa1000001000000744d"
                        + "7859009c06016201000000a48100004c7859009e060161010000004c7859009a017a0100000098016464000000ed410000bc0f01"
                        + "022f7100000000a4110000004e785900bc0602016d01000000ffa1000001000000744d785900bc0602016301000000a48100004c"
                        + "7859000000000000"),
        FILES_29(29, "rltNDH", FILES_28.hex),
        SUMS_29(
                29,
                "rltNcH",
                "19012ea000000000ca9a3bed4100009c02017000000000a41100001c0000004e7859009c06016c01000000ffa1000001000000744d78"
                        + "59009c06016201000000a48100004c785900bde52cb31de33e46245e05fbdbd6fb249e060161010000004c785900bde52cb31de3"
                        + "3e46245e05fbdbd6fb249a017a01000000080cf5aed9aa469babfae73fe4238d8998016464000000ed410000bc0601022f710000"
                        + "0000a41100004e785900bc0602016d01000000ffa1000001000000744d785900bc0602016301000000a48100004c785900bde52c"
                        + "b31de33e46245e05fbdbd6fb240000000000");

        private final int protocol;
        private final String letters;
        private final String hex;

        Sent(int protocol, String letters, String hex) {
            this.protocol = protocol;
            this.letters = letters;
            this.hex = hex;
        }

        private Capture capture() {
            return new Capture("inodes", protocol, 0, letters, HexFormat.of().parseHex(hex));
        }
    }

    /** Names have the same group if they are one file, and only then; one that stands alone may have a group of its own. */
    @ParameterizedTest
    @EnumSource
    void readsWhichEntriesAreOneFile(Sent sent) throws IOException {
        Capture capture = sent.capture();
        Segment segment = ListStream.read(capture, capture.bytes()).list().segment(0);
        Map<String, Integer> groups = new TreeMap<>();
        for (int position = 0; position < segment.size(); position++) {
            FileEntry entry = segment.entry(position);
            groups.put(KernelBytes.show(entry.path()), entry.linkGroup());
        }
        assertThat(groups.get("a")).isNotNegative().isEqualTo(groups.get("b")).isEqualTo(groups.get("d/c"));
        boolean onlyRegular = sent.protocol == 27;
        assertThat(groups.getOrDefault("l", -1) >= 0).isNotEqualTo(onlyRegular);
        assertThat(groups.getOrDefault("p", -1) >= 0).isNotEqualTo(onlyRegular);
        assertThat(groups.getOrDefault("z", -1) >= 0).isEqualTo(onlyRegular);
        assertThat(groups.get("l")).isEqualTo(groups.get("d/m")).isNotEqualTo(groups.get("a"));
        assertThat(groups.get("p")).isEqualTo(groups.get("d/q")).isNotEqualTo(groups.get("a"));
        assertThat(groups.get("z")).isNotEqualTo(groups.get("a"));
        assertThat(groups).containsEntry("d", -1).containsEntry(".", -1);
    }

    @ParameterizedTest
    @EnumSource
    void writesWhatRsyncWrote(Sent sent) throws IOException {
        Capture capture = sent.capture();
        ListStream.Read read = ListStream.read(capture, capture.bytes());
        FileList list = new FileList(false);
        list.add(withInodes(read.list().segment(0), list, capture));
        assertThat(ListStream.write(capture, list, read.errors())).isEqualTo(capture.bytes());
    }

    private static Segment withInodes(Segment segment, FileList list, Capture capture) {
        Columns from = segment.columns();
        WireFormat format = WireFormat.of(capture.session(), capture.options());
        ColumnsBuilder rows = new ColumnsBuilder(format.layout());
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
            System.arraycopy(
                    from.checksums,
                    row * from.checksumLength,
                    rows.checksums,
                    rows.checksumStart(),
                    from.checksumLength);
            byte[] target = from.links.get(row);
            if (target.length > 0) {
                rows.links.add(row, target);
            }
            Character file = FILES.get(KernelBytes.show(from.path(row)));
            boolean numbered =
                    capture.protocol() == 27 ? Modes.isRegular(from.modes[row]) : file != null && file != 'z';
            if (numbered) {
                rows.inode(DEVICE, Objects.requireNonNull(INODES.get(file)));
            }
        }
        return new Segment(list.place(-1), rows.seal(), order);
    }

    /** Half an inode must not pass for one. */
    @ParameterizedTest
    @EnumSource
    void rejectsTruncationAtEveryOffset(Sent sent) {
        Capture capture = sent.capture();
        for (int length = 0; length < capture.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(capture.bytes(), length);
            assertThatThrownBy(() -> ListStream.read(capture, cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }
}
