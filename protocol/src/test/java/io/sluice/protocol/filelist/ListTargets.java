package io.sluice.protocol.filelist;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** File lists of every version, with all that can be in them; and the values of extended attributes that come later. */
public final class ListTargets {
    private static final String LETTERS = "rlptgoDAXUHcRN";
    private static final int OLDEST = 27;
    private static final int VERSIONS = 6;
    private static final int ICONV = 1 << 9;
    private static final int CHOICES = 5;

    private ListTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        List<byte[]> lists = new ArrayList<>();
        for (Capture capture : Capture.all()) {
            lists.add(input(capture, 0));
            if (capture.protocol() >= 30) {
                lists.add(input(capture, ICONV));
            }
        }
        lists.addAll(linked());
        return List.of(
                new FuzzTarget("file-list", ListTargets::list, lists, 8 << 20, 4096),
                new FuzzTarget(
                        "xattr-values",
                        ListTargets::values,
                        List.of(
                                FuzzTarget.input(HexFormat.of().parseHex("010300"), 0),
                                FuzzTarget.input(HexFormat.of().parseHex("0102616203026364" + "00"), 1)),
                        128 << 20,
                        64));
    }

    /** A list as rsync sent it, all its segments. */
    public static FileList recorded() {
        try {
            Capture capture = Capture.named("incremental", 32);
            return ListStream.read(capture, capture.bytes()).list();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Groups of hard links of every version that has a form of its own for them. */
    private static List<byte[]> linked() {
        List<byte[]> lists = new ArrayList<>();
        byte[] group = new ListBytes()
                .directory(".")
                .entry(EntryFlags.LINKS, "a", ListBytes.REGULAR)
                .raw(out -> {
                    out.writeVarInt(EntryFlags.HARD_LINKED | EntryFlags.LONG_NAME);
                    out.writeVarInt(1);
                    out.writeByte('b');
                    out.writeVarInt(2);
                })
                .end()
                .bytes();
        for (int protocol = OLDEST; protocol < OLDEST + VERSIONS; protocol++) {
            lists.add(input(new Capture("linked", protocol, protocol >= 30 ? 0x1ff : 0, "rltNH", group), 0));
        }
        return lists;
    }

    private static byte[] input(Capture capture, int more) {
        int compatibility = capture.compatibility() | more;
        int letters = 0;
        for (int i = 0; i < LETTERS.length(); i++) {
            letters |= capture.letters().indexOf(LETTERS.charAt(i)) >= 0 ? 1 << i : 0;
        }
        return FuzzTarget.input(
                capture.bytes(), capture.protocol() - OLDEST, compatibility, compatibility >> 8, letters, letters >> 8);
    }

    private static void list(byte[] input) throws IOException {
        int protocol = OLDEST + FuzzTarget.choice(input, 0, VERSIONS);
        int compatibility = FuzzTarget.choice(input, 1, 256) | FuzzTarget.choice(input, 2, 256) << 8;
        int letters = FuzzTarget.choice(input, 3, 256) | FuzzTarget.choice(input, 4, 256) << 8;
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++) {
            chosen.append((letters & 1 << i) == 0 ? "" : LETTERS.charAt(i));
        }
        int agreed = protocol >= 30 ? compatibility & 0x1ff : 0;
        Capture capture =
                new Capture("fuzzed", protocol, agreed, chosen.toString(), FuzzTarget.content(input, CHOICES));
        NameConversion names = protocol >= 30 && (compatibility & ICONV) != 0
                ? new NameConversion(ISO_8859_1, true, false)
                : NameConversion.NONE;
        ListStream.Read read = ListStream.read(capture, with(capture.session(), names), capture.bytes());
        visit(read.list());
    }

    /** What was accepted can be looked at. */
    private static void visit(FileList list) {
        for (int i = 0; i < list.segments(); i++) {
            Segment segment = list.segment(i);
            for (int position = 0; position < segment.size(); position++) {
                FileEntry entry = segment.entry(position);
                segment.find(entry.path(), entry.isDirectory());
                entry.linkTarget();
                entry.checksum();
            }
        }
    }

    private static Session with(Session plain, NameConversion names) {
        return new Session(
                plain.side(),
                plain.server(),
                plain.version(),
                plain.incrementalRecursion(),
                plain.symlinkTimes(),
                plain.safeFileList(),
                plain.xattrOptimization(),
                plain.seedFirst(),
                plain.inplacePartialDir(),
                plain.varintFlags(),
                plain.idZeroNames(),
                plain.transferChecksum(),
                plain.fileChecksum(),
                plain.compression(),
                plain.checksumSeed(),
                names);
    }

    /** Values of the set that {@link AttributeValuesTest} has, asked for or sent. */
    private static void values(byte[] input) throws IOException {
        try (WireInput in = new WireInput(new ByteArrayInputStream(FuzzTarget.content(input, 1)))) {
            if (FuzzTarget.choice(input, 0, 2) == 0) {
                AttributeValues.readRequest(in, AttributeValuesTest.set());
            } else {
                AttributeValues.receive(in, AttributeValuesTest.set(), AttributeValuesTest.memory(32 << 20));
            }
        }
    }
}
