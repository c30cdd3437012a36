package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.watcher.mirror.Mirror;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What replicas have in common is done once. The mirror's own figures say how often; the trees, that every peer could use
 * what was made for another.
 */
@NeedsRsync
class SharedWorkIT {
    private static final int OURS = 2;
    private static final int THEIRS = 2;
    /** Bytes; of each size one file that can be compressed, and one that cannot. The first two are for nobody to share. */
    private static final List<Integer> SIZES = List.of(0, 900, 40_000, 262_144, 300_000, 2_500_000);

    private static final int ALONE = 2;
    private static final int MAPPED = 300_000;
    private static final int LATER = 4;
    private static final long SETTLED_MILLIS = 100;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    /** Files that are shared stand between files that are not, whose compression goes on behind them. */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void encodesEachFileOnceForAllReplicas(CompressionType type) throws IOException, InterruptedException {
        List<Path> files = write(new Random(type.wireName().hashCode()));
        bed.startNodes(Program.RSYNC, THEIRS);
        bed.startNodes(Program.SLUICE, OURS);
        awaitRest(files);
        Mirror mirror = bed.startMirror(configuration ->
                configuration.withOptions(configuration.options().edit(draft -> {
                    draft.compress = type != CompressionType.NONE;
                    draft.compressChoice = type == CompressionType.NONE ? List.of() : List.of(type);
                    draft.checksumChoice = List.of(ChecksumType.MD5);
                })));
        bed.awaitEqual(mirror);
        assertThat(bed.failures()).isEmpty();
        int shared = 2 * (SIZES.size() - ALONE);
        SharedEncodings.Figures figures = mirror.sharingStatistics();
        assertThat(figures.made()).isEqualTo(shared);
        assertThat(figures.reused()).isEqualTo((long) shared * (OURS + THEIRS - 1));
    }

    /**
     * Content changes behind a mapping, and no time and no size tells; the only sign is that the file is closed again. The
     * later contents must arrive everywhere though the one before is still there to be shared.
     */
    @Test
    void whatIsWrittenThroughAMappingArrives() throws IOException, InterruptedException {
        Path file = bed.site().resolve("database");
        bed.startNodes(Program.RSYNC, 1);
        bed.startNodes(Program.SLUICE, 1);
        byte[] content = new byte[MAPPED];
        new Random(1).nextBytes(content);
        Files.write(file, content);
        MappedByteBuffer mapped = open(file, channel -> channel.map(FileChannel.MapMode.READ_WRITE, 0, MAPPED));
        mapped.put(0, (byte) 1);
        Object changed = Files.getAttribute(file, "unix:ctime");
        awaitRest(List.of(file));
        Mirror mirror = bed.startMirror(configuration ->
                configuration.withOptions(configuration.options().edit(draft -> {
                    draft.compress = true;
                    draft.wholeFile = Choice.YES;
                })));
        bed.awaitEqual(mirror);
        assertThat(mirror.sharingStatistics().made()).isEqualTo(1);
        for (byte later = 2; later <= LATER; later++) {
            mapped.put(0, later);
            open(file, channel -> mapped);
            bed.awaitEqual(mirror);
        }
        assertThat(Files.getAttribute(file, "unix:ctime")).as("no time tells").isEqualTo(changed);
        assertThat(bed.failures()).isEmpty();
    }

    /** What is done with an open file. */
    private interface Use {
        MappedByteBuffer of(FileChannel channel) throws IOException;
    }

    private static MappedByteBuffer open(Path file, Use use) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return use.of(channel);
        }
    }

    private List<Path> write(Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int size : SIZES) {
            files.add(Files.write(bed.site().resolve("text" + size), text(size, random)));
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            files.add(Files.write(bed.site().resolve("noise" + size), noise));
        }
        return files;
    }

    private static byte[] text(int size, Random random) {
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) (i % 8 == 0 ? ' ' : 'a' + random.nextInt(4));
        }
        return text;
    }

    /** What was written a moment ago is not shared. */
    private void awaitRest(List<Path> files) throws IOException, InterruptedException {
        for (Path file : files) {
            FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
            bed.await("at rest", () -> System.currentTimeMillis() - changed.toMillis() > SETTLED_MILLIS);
        }
    }
}
