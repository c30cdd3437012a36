package io.sluice.benchmarks;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.delta.BlockSums;
import io.sluice.protocol.delta.Matcher;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.delta.TokenWriter;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sums and search of a file of 16 MiB with a basis of as many bytes in 10,000 blocks; what is sent is dropped. */
@State(Scope.Thread)
public class MatcherBenchmark {
    private static final int SIZE = 16 << 20;
    private static final int BLOCKS = 10_000;

    private final Session session = Samples.session(ChecksumType.XXH128);
    private final Matcher matcher = new Matcher(session, AllocationLimit.DEFAULT);
    private final StrongChecksum fileSum = Checksums.transfer(session);
    private final byte[] digest = new byte[fileSum.length()];
    private final SumHead head = SumHead.forBasis(SIZE, OptionalInt.of(SIZE / BLOCKS), session, false);
    private final Path directory;
    private final OpenFile file;
    private final OpenFile other;
    private final BlockSums same;
    private final BlockSums unrelated;

    /** Writes the two files where they need no disk, if there is such a place. */
    public MatcherBenchmark() {
        try {
            Path memory = Path.of("/dev/shm");
            directory = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "sluice-benchmark")
                    : Files.createTempDirectory("sluice-benchmark");
            file = open("file", 1);
            other = open("other", 2);
            same = sums(file);
            unrelated = sums(other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenFile open(String name, long seed) throws IOException {
        Files.write(directory.resolve(name), Samples.noise(SIZE, seed));
        try (DirectoryHandle handle = DirectoryHandle.open(directory.toString().getBytes(StandardCharsets.UTF_8))) {
            return handle.openFile(name.getBytes(StandardCharsets.UTF_8), OpenFlags.READ_ONLY, 0, Resolve.BENEATH);
        }
    }

    private BlockSums sums(OpenFile basis) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(bytes);
        BlockSums.generate(basis, head, session, out);
        out.flush();
        return BlockSums.read(
                new WireInput(new ByteArrayInputStream(bytes.toByteArray())), session, AllocationLimit.DEFAULT);
    }

    /** Nothing is found: every byte is looked at and sent. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public byte[] unrelatedFile() throws IOException {
        return send(unrelated);
    }

    /** Every block is found at once. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public byte[] unchangedFile() throws IOException {
        return send(same);
    }

    /** There is no basis: only reading and the file's sum. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public byte[] newFile() throws IOException {
        return send(BlockSums.NONE);
    }

    private byte[] send(BlockSums sums) throws IOException {
        matcher.send(file, SIZE, sums, false, Dropped.INSTANCE, fileSum, offset -> {});
        fileSum.digest(digest, 0);
        return digest;
    }

    /** The generator's part. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long blockSums() throws IOException {
        WireOutput out = new WireOutput(OutputStream.nullOutputStream());
        BlockSums.generate(file, head, session, out);
        out.flush();
        return out.bytesWritten();
    }

    /** Removes the files. */
    @TearDown
    public void remove() throws IOException {
        file.close();
        other.close();
        Files.delete(directory.resolve("file"));
        Files.delete(directory.resolve("other"));
        Files.delete(directory);
    }

    /** Tokens on their way to nowhere. */
    private enum Dropped implements TokenWriter {
        INSTANCE;

        @Override
        public void literal(byte[] bytes, int offset, int length) {}

        @Override
        public void match(int index, byte[] bytes, int offset, int length) {}

        @Override
        public void end() {}
    }
}
