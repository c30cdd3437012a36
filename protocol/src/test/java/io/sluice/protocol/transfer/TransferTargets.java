package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.ListTargets;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Frames and messages, the items in them, and lists of names. */
public final class TransferTargets {
    private static final int OLDEST = 27;
    private static final int VERSIONS = 6;
    private static final FileList LIST = ListTargets.recorded();

    private TransferTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        List<byte[]> names = List.of("a\0dir/b\0\0".getBytes(ISO_8859_1), "\u00c3\u00a9\0\0".getBytes(ISO_8859_1));
        return List.of(
                new FuzzTarget("frames", TransferTargets::frames, sessions(), 256 << 10, 1024),
                new FuzzTarget("files-from", TransferTargets::names, names, 256 << 10, 1024),
                new FuzzTarget(
                        "requested-names",
                        TransferTargets::requested,
                        List.of("*a*b*\0dir/x".getBytes(ISO_8859_1), "\0dir/sub/f".getBytes(ISO_8859_1)),
                        256 << 10,
                        2048));
    }

    /** What clients and servers of rsync said, behind the handshake, and each kind of message. */
    private static List<byte[]> sessions() {
        List<byte[]> seeds = new ArrayList<>();
        try {
            for (int version = 30; version < OLDEST + VERSIONS; version++) {
                byte[] down = GoldenTrees.Recorded.of("sessions.properties", "push-" + version)
                        .down();
                seeds.add(FuzzTarget.input(Arrays.copyOfRange(down, 10, down.length), version - OLDEST));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        for (String message : List.of(
                "0400001d" + "01000000", // I/O error
                "04000028" + "3c000000", // timeout
                "00000031", // nothing
                "0400005d" + "17000000", // exit
                "0400006b" + "02000000", // arrived
                "1400006b" + "02000000" + "0100000000000000" + "0100000000000000",
                "0200006c" + "6100", // deleted
                "0400006d" + "02000000", // not sent
                "03000009" + "61620a" + "04000007" + "01ff0a01")) {
            seeds.add(FuzzTarget.input(HexFormat.of().parseHex(message), VERSIONS - 1));
        }
        return seeds;
    }

    private static void frames(byte[] input) throws IOException {
        ProtocolVersion version = new ProtocolVersion(OLDEST + FuzzTarget.choice(input, 0, VERSIONS));
        try (WireInput in = new WireInput(new ByteArrayInputStream(FuzzTarget.content(input, 1)))) {
            PeerMessages.Hearers hearers =
                    new PeerMessages.Hearers(new Recorder(), (tag, payload) -> {}, NameConversion.NONE);
            in.multiplex(
                    new PeerMessages(hearers, new Outcome(), seconds -> {}, index -> {}, (index, device, inode) -> {}));
            ItemReader items = new ItemReader(
                    new ItemReader.Indexes(version, in, new IndexReader(in, version)),
                    LIST,
                    new ItemReader.Interruptions() {
                        @Override
                        public void segment(int number) {
                            // its entries are read by what the target of file lists tries
                        }

                        @Override
                        public void listEnd() {}

                        @Override
                        public void deleteStatistics() throws IOException {
                            in.readVarInt();
                        }
                    });
            for (int i = 0; i <= input.length; i++) {
                if (items.next()) {
                    items.entry().path();
                }
            }
        }
    }

    private static void names(byte[] input) {
        NameConversion conversion = new NameConversion(ISO_8859_1, false, true);
        try (WireInput in = new WireInput(new ByteArrayInputStream(input))) {
            for (byte[] name : new PeerNames(in, conversion)) {
                if (name.length == 0) {
                    throw new IllegalStateException("an empty name");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client asked for, NUL, and a name that the sender lists. */
    private static void requested(byte[] input) throws IOException {
        int nul = 0;
        while (nul < input.length && input[nul] != 0) {
            nul++;
        }
        for (boolean relative : new boolean[] {false, true}) {
            TransferOptions options = TransferOptions.DEFAULT.edit(draft -> {
                draft.recurse = true;
                draft.relative = relative;
            });
            RequestedNames names = new RequestedNames(options, FilterList.EMPTY);
            names.add(Arrays.copyOf(input, nul));
            byte[] listed = Arrays.copyOfRange(input, Math.min(nul + 1, input.length), input.length);
            if (listed.length > 0) {
                names.check(listed, true);
            }
        }
    }
}
