package io.sluice.protocol.filelist;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.session.NameCoder.Failure;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists whose names are converted: this end has Latin 1, the wire UTF-8, in which names sort differently. */
class ConvertedListTest {
    private final List<String> failures = new ArrayList<>();

    private static Session session(boolean incremental, NameConversion names) {
        Session plain = ListBytes.capture(incremental).session();
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

    private FileListReader reader(boolean incremental, boolean targets, byte[] bytes) throws IOException {
        ConversionFailures hearer = new ConversionFailures() {
            @Override
            public void name(byte[] wirePath, Failure why, boolean first) {
                failures.add(new String(wirePath, UTF_8) + " " + why);
            }

            @Override
            public void linkTarget(byte[] path, Failure why, boolean first) {
                failures.add("target of " + new String(path, ISO_8859_1) + " " + why);
            }
        };
        return new FileListReader(
                session(incremental, new NameConversion(ISO_8859_1, targets, false)),
                ListBytes.capture(incremental).options(),
                new WireInput(new ByteArrayInputStream(bytes)),
                new FileListReader.Surroundings(ListStream.NAMES, AttributeFilter.NONE, warning -> {}, hearer));
    }

    private FileList read(boolean incremental, byte[] bytes) throws IOException {
        FileList list = new FileList(incremental);
        list.add(reader(incremental, true, bytes).read(list, -1));
        return list;
    }

    /** The characters of a string are the bytes on the wire. */
    private static String wire(String name) {
        return new String(name.getBytes(UTF_8), ISO_8859_1);
    }

    private static List<String> names(Segment segment) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < segment.size(); i++) {
            FileEntry entry = segment.entry(i);
            names.add(entry.index() + " " + (entry.isDuplicate() ? "-" : new String(entry.path(), ISO_8859_1)));
        }
        return names;
    }

    static Stream<Capture> captures() {
        return Capture.converted().stream();
    }

    /** Two rsyncs agree on these indexes: a request by another one would bring another file's content. */
    @ParameterizedTest
    @MethodSource("captures")
    void readsWhatRsyncSends(Capture capture) throws IOException {
        FileList list = ListStream.read(capture, capture.bytes()).list();
        int first = capture.incremental() ? 1 : 0;
        List<String> expected = new ArrayList<>();
        String[] numbered = {"0 .", "2 link", "6 z", "4 ß", "3 äb", "1 äl", "5 ÿ", "7 é"};
        for (String entry : numbered) {
            expected.add(Integer.parseInt(entry.substring(0, 1)) + first + entry.substring(1));
        }
        List<String> below = capture.incremental() ? List.of("10 é/a", "11 é/þ") : List.of("8 é/a", "9 é/þ");
        if (!capture.incremental()) {
            expected.addAll(below);
        }
        assertThat(names(list.segment(0))).containsExactlyElementsOf(expected);
        if (capture.incremental()) {
            assertThat(names(list.segment(1))).containsExactlyElementsOf(below);
        }
        assertThat(list.segment(0).entry(1).linkTarget()).isEqualTo("é/þ".getBytes(ISO_8859_1));
        assertThat(list.segment(0).entry(5).linkTarget()).isEqualTo("a/ä".getBytes(ISO_8859_1));
    }

    @Test
    void entriesAreSortedHereAndNumberedAsTheyCame() throws IOException {
        byte[] bytes = new ListBytes()
                .file(wire("ÿ"))
                .file("z")
                .file(wire("é"))
                .file("a")
                .end()
                .bytes();
        Segment segment = read(false, bytes).segment(0);
        assertThat(names(segment)).containsExactly("3 a", "1 z", "2 é", "0 ÿ");
        assertThat(segment.at(0).path()).isEqualTo(new byte[] {(byte) 0xFF});
        assertThat(segment.at(0).place()).isEqualTo(3);
        assertThat(segment.find("é".getBytes(ISO_8859_1), false)).isEqualTo(2);
    }

    @Test
    void withoutConversionTheOrderOfNamesIsTheOrderOfIndexes() throws IOException {
        Segment segment = new ListBytes().file("z").file("a").end().read();
        assertThat(names(segment)).containsExactly("0 a", "1 z");
        assertThat(segment.at(1).place()).isEqualTo(1);
    }

    @Test
    void anEntryWithoutANameHereKeepsItsIndexAndIsSkipped() throws IOException {
        byte[] bytes = new ListBytes()
                .file("a")
                .file(wire("€"))
                .directory(wire("d€"))
                .file(wire("d€/f"))
                .file("z")
                .end()
                .bytes();
        Segment segment = read(false, bytes).segment(0);
        assertThat(failures).containsExactly("€ INVALID", "d€ INVALID", "d€/f INVALID");
        assertThat(names(segment))
                .contains("0 a", "4 z")
                .filteredOn(name -> name.endsWith("-"))
                .hasSize(3);
        assertThat(segment.find(wire("€").getBytes(ISO_8859_1), false)).isEqualTo(-1);
    }

    /** The sender does not know, and sends the directory's content. */
    @Test
    void theContentOfADirectoryWithoutANameHereIsSkippedToo() throws IOException {
        byte[] bytes = new ListBytes()
                .directory(".")
                .directory(wire("d€"))
                .directory("e")
                .end()
                .file(wire("d€/f"))
                .end()
                .bytes();
        FileList list = new FileList(true);
        FileListReader reader = reader(true, true, bytes);
        list.add(reader.read(list, -1));
        int number = list.directoryOfWire(1);
        assertThat(list.directory(number).isNameless()).isTrue();
        list.add(reader.read(list, number));
        assertThat(names(list.segment(1))).containsExactly("5 -");
        assertThat(failures).containsExactly("d€ INVALID", "d€/f INVALID");
    }

    /** Else a sender could put names wherever it likes, by a directory that nobody sees. */
    @Test
    void noNamedEntryLiesInADirectoryWithoutAName() throws IOException {
        byte[] bytes =
                new ListBytes().directory(wire("d€")).end().file("x/f").end().bytes();
        FileList list = new FileList(true);
        FileListReader reader = reader(true, true, bytes);
        list.add(reader.read(list, -1));
        assertThatThrownBy(() -> reader.read(list, 0)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void directoriesAreNumberedAsTheyCame() throws IOException {
        byte[] bytes = new ListBytes()
                .directory(wire("ÿ"))
                .directory("b")
                .directory(wire("é"))
                .end()
                .bytes();
        FileList list = read(true, bytes);
        assertThat(new String(list.directory(list.directoryOfWire(0)).path(), ISO_8859_1))
                .isEqualTo("ÿ");
        assertThat(new String(list.directory(list.directoryOfWire(1)).path(), ISO_8859_1))
                .isEqualTo("b");
        assertThat(new String(list.directory(list.directoryOfWire(2)).path(), ISO_8859_1))
                .isEqualTo("é");
        for (int number = 0; number < 3; number++) {
            assertThat(list.directoryOfWire(list.directoryOnWire(number))).isEqualTo(number);
        }
    }

    @Test
    void unsafeNamesAreRejectedInTheFormTheyGet() {
        byte[] bytes = new ListBytes().file("../x").end().bytes();
        assertThatThrownBy(() -> read(false, bytes)).isInstanceOf(ProtocolException.class);
    }

    private static ListBytes link(String name, String target) {
        return new ListBytes().entry(0, name, ListBytes.SYMLINK).raw(out -> {
            byte[] bytes = target.getBytes(UTF_8);
            out.writeVarInt(bytes.length);
            out.write(bytes);
        });
    }

    @Test
    void targetsAreNamesIfBothEndsKnow() throws IOException {
        byte[] bytes = link("l", "ä").end().bytes();
        FileList list = new FileList(false);
        Segment converted = reader(false, true, bytes).read(list, -1);
        assertThat(converted.entry(0).linkTarget()).isEqualTo("ä".getBytes(ISO_8859_1));
        Segment kept = reader(false, false, bytes).read(list, -1);
        assertThat(kept.entry(0).linkTarget()).isEqualTo("ä".getBytes(UTF_8));
    }

    @Test
    void aLinkWhoseTargetHasNoFormHereIsSkipped() throws IOException {
        Segment segment = read(false, link("l", "€").end().bytes()).segment(0);
        assertThat(failures).containsExactly("target of l INVALID");
        assertThat(segment.entry(0).isDuplicate()).isTrue();
    }

    /** What is read is written with the same bytes: the writer converts back, in the order of the wire. */
    @Test
    void theWriterConvertsBack() throws IOException {
        byte[] bytes = link("l", "ä")
                .raw(out -> out.writeVarInt(
                        EntryFlags.SAME_UID | EntryFlags.SAME_GID | EntryFlags.SAME_TIME | EntryFlags.SAME_MODE))
                .raw(out -> {
                    byte[] name = "é".getBytes(UTF_8);
                    out.writeByte(name.length);
                    out.write(name);
                    out.writeVarLong(1, 3);
                    byte[] target = "a".getBytes(UTF_8);
                    out.writeVarInt(target.length);
                    out.write(target);
                })
                .end()
                .bytes();
        Segment segment = read(false, bytes).segment(0);
        var written = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(written);
        new FileListWriter(
                        session(false, new NameConversion(ISO_8859_1, true, false)),
                        ListBytes.capture(false).options(),
                        out,
                        ListStream.NAMES)
                .write(segment, 0);
        out.flush();
        assertThat(read(false, written.toByteArray()).segment(0).size()).isEqualTo(2);
        assertThat(new String(written.toByteArray(), UTF_8)).contains("ä", "é");
    }
}
