package io.sluice.protocol.filelist;

import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A file list as a real rsync 3.5.0 sent it: the unframed bytes from the list's first entry to its end (with incremental recursion all segments, each after
 * its index, and the end mark). {@code captures.txt} says how they were made.
 *
 * @param compatibility the flags the server announced
 * @param letters the client's options, as {@link #options} understands them
 */
record Capture(String name, int protocol, int compatibility, String letters, byte[] bytes) {
    private static final NameConversion LATIN = new NameConversion(StandardCharsets.ISO_8859_1, true, false);
    private static final int INCREMENTAL = 1;
    private static final int SAFE = 1 << 3;
    private static final int VARINT_FLAGS = 1 << 7;
    private static final int ZERO_NAMES = 1 << 8;

    static List<Capture> all() {
        return in("captures.txt");
    }

    /** Those whose names are converted; rsync does not sort these. */
    static List<Capture> converted() {
        return in("captures-iconv.txt");
    }

    private static List<Capture> in(String resource) {
        var in = Objects.requireNonNull(Capture.class.getResourceAsStream(resource));
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            List<Capture> captures = new ArrayList<>();
            String[] head = {};
            StringBuilder hex = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("=")) {
                    head = line.substring(1).strip().split(" ");
                } else if (line.isEmpty() && head.length > 0) {
                    captures.add(of(head, hex.toString()));
                    hex.setLength(0);
                    head = new String[0];
                } else if (!line.startsWith("#")) {
                    hex.append(line);
                }
            }
            return captures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Capture of(String[] head, String hex) {
        int compatibility = Integer.parseInt(head[2], 16);
        return new Capture(
                head[0],
                Integer.parseInt(head[1]),
                compatibility,
                head[3],
                HexFormat.of().parseHex(hex));
    }

    static Capture named(String name, int protocol) {
        return all().stream()
                .filter(capture -> capture.name.equals(name) && capture.protocol == protocol)
                .findFirst()
                .orElseThrow();
    }

    boolean incremental() {
        return has(INCREMENTAL);
    }

    private boolean has(int flag) {
        return (compatibility & flag) != 0;
    }

    Session session() {
        return new Session(
                Side.RECEIVER,
                false,
                new ProtocolVersion(protocol),
                incremental(),
                true,
                has(SAFE) || protocol >= 31,
                true,
                true,
                true,
                has(VARINT_FLAGS),
                has(ZERO_NAMES),
                ChecksumType.MD5,
                ChecksumType.MD5,
                CompressionType.NONE,
                0,
                letters.contains("i") ? LATIN : NameConversion.NONE);
    }

    /**
     * {@code rlptgoD}: as in rsync; {@code AXU} too; {@code H}: hard links; {@code c}: checksum; {@code R}: relative; {@code N}: numeric ids; {@code i}: this
     * end's names are in Latin 1.
     */
    TransferOptions options() {
        return TransferOptions.DEFAULT
                .with(selection(letters.contains("R"), MissingArgs.ERROR))
                .edit(draft -> {
                    draft.links = letters.contains("l");
                    draft.permissions = letters.contains("p");
                    draft.times = letters.contains("t");
                    draft.owner = letters.contains("o");
                    draft.group = letters.contains("g");
                    draft.devices = letters.contains("D");
                    draft.specials = draft.devices;
                    draft.numericIds = letters.contains("N");
                    draft.checksum = letters.contains("c");
                    draft.hardLinks = letters.contains("H") ? 1 : 0;
                    draft.acls = letters.contains("A");
                    draft.xattrs = letters.contains("X") ? 1 : 0;
                    draft.atimes = letters.contains("U") ? 1 : 0;
                    draft.superUser = Choice.YES; // lest names of attributes depend on who runs the tests
                });
    }

    static SelectionOptions selection(boolean relative, MissingArgs missing) {
        return selection(relative, missing, false);
    }

    static SelectionOptions pruning() {
        return selection(false, MissingArgs.ERROR, true);
    }

    private static SelectionOptions selection(boolean relative, MissingArgs missing, boolean prune) {
        return TransferOptions.DEFAULT
                .edit(draft -> {
                    draft.recurse = true;
                    draft.relative = relative;
                    draft.missingArgs = missing;
                    draft.pruneEmptyDirs = prune;
                })
                .selection();
    }

    @Override
    public String toString() {
        return name + "-" + protocol;
    }
}
