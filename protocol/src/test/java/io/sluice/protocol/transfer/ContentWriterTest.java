package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in pieces of any size stands in the file, with and without holes, in new files and over older and longer content. */
class ContentWriterTest {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    /** The content has runs of zeros of many lengths, so a run that is dropped, doubled or filled with older bytes makes it differ. */
    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void leavesExactlyWhatWasWritten(boolean sparse, boolean over) throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            byte[] content = content(new Random(seed));
            Path file = directory.resolve("file" + seed);
            if (over) {
                byte[] old = new byte[content.length + 10_000];
                Arrays.fill(old, (byte) 'x');
                Files.write(file, old);
            }
            write(file, sparse, over, content, new Random(seed));
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    /** A file of 8 MiB of zeros takes room only if the zeros are written. */
    @Test
    void makesHolesOnlyWhenSparse() throws IOException {
        byte[] zeros = new byte[8 << 20];
        write(directory.resolve("sparse"), true, false, zeros, new Random(1));
        write(directory.resolve("dense"), false, false, zeros, new Random(1));
        assertThat(blocks("sparse")).isLessThan(100);
        assertThat(blocks("dense")).isGreaterThan(10_000);
    }

    /** Skipped parts are what was there before; a skip that moved nothing would shift what follows. */
    @Test
    void skipsWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "0123456789");
        try (FileTree tree = open();
                OpenFile opened = tree.openForUpdate(Exchange.bytes("file"), 0600);
                ContentWriter writer = new ContentWriter(false)) {
            writer.begin(opened, true);
            writer.write(Exchange.bytes("ab"), 0, 2);
            writer.skip(3);
            writer.write(Exchange.bytes("c"), 0, 1);
            writer.finish();
        }
        assertThat(Files.readString(file)).isEqualTo("ab234c");
    }

    /** What was reserved and not written is given back: the file has the size of what was written. */
    @Test
    void givesBackWhatWasReserved() throws IOException {
        try (FileTree tree = open();
                OpenFile opened = tree.openForUpdate(Exchange.bytes("file"), 0600);
                ContentWriter writer = new ContentWriter(true)) {
            writer.begin(opened, false);
            writer.reserve(1 << 20);
            writer.write(new byte[8192], 0, 8192);
            writer.write(Exchange.bytes("end"), 0, 3);
            writer.finish();
        }
        assertThat(Files.size(directory.resolve("file"))).isEqualTo(8195);
    }

    private static byte[] content(Random random) {
        byte[] content = new byte[random.nextInt(900_000)];
        random.nextBytes(content);
        for (int i = 0; i < 12 && content.length > 0; i++) {
            int from = random.nextInt(content.length);
            int to = Math.min(content.length, from + random.nextInt(60_000));
            Arrays.fill(content, from, to, (byte) 0);
        }
        return content;
    }

    private void write(Path file, boolean sparse, boolean over, byte[] content, Random random) throws IOException {
        try (FileTree tree = open();
                OpenFile opened =
                        tree.openForUpdate(Exchange.bytes(file.getFileName().toString()), 0600);
                ContentWriter writer = new ContentWriter(sparse)) {
            writer.begin(opened, over);
            for (int at = 0; at < content.length; ) {
                int length = Math.min(content.length - at, 1 + random.nextInt(100_000));
                writer.write(content, at, length);
                at += length;
            }
            writer.finish();
        }
    }

    private FileTree open() throws IOException {
        return FileTree.open(Exchange.bytes(directory.toString()), TreePolicy.CONFINED);
    }

    private long blocks(String name) throws IOException {
        FileStatus status = new FileStatus();
        try (FileTree tree = open()) {
            tree.status(Exchange.bytes(name), status);
        }
        return status.blocks();
    }
}
