package io.sluice.protocol.delta;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A file sent through a matcher.
 *
 * @param stream the tokens as they went out
 * @param sum the file's checksum
 * @param whole what the matcher answered
 * @param progress what it told on the way
 */
record Sending(byte[] stream, byte[] sum, boolean whole, List<Long> progress) {
    /** Sends {@code file}, said to have {@code length} bytes, against a basis cut as {@code head} says. */
    static Sending of(Matcher matcher, Session session, Job job) throws IOException {
        BlockSums sums = sums(job.basis(), job.head(), session);
        StrongChecksum fileSum = Checksums.transfer(session);
        List<Long> progress = new ArrayList<>();
        boolean[] whole = new boolean[1];
        byte[] stream = Wire.written(out -> {
            try (DiskFile file = new DiskFile(job.file());
                    TokenWriter tokens = Tokens.writer(session, OptionalInt.empty(), out)) {
                whole[0] = matcher.send(file.file(), job.length(), sums, job.inplace(), tokens, fileSum, progress::add);
            }
        });
        byte[] sum = new byte[fileSum.length()];
        fileSum.digest(sum, 0);
        return new Sending(stream, sum, whole[0], progress);
    }

    /** The sums of a basis, over the wire. */
    static BlockSums sums(byte[] basis, SumHead head, Session session) throws IOException {
        try (DiskFile file = new DiskFile(basis)) {
            byte[] sent = Wire.written(out -> BlockSums.generate(file.file(), head, session, out));
            return BlockSums.read(Wire.reading(sent), session, AllocationLimit.DEFAULT);
        }
    }

    /** What is to be sent. */
    record Job(byte[] basis, SumHead head, byte[] file, long length, boolean inplace) {
        static Job of(byte[] basis, SumHead head, byte[] file, boolean inplace) {
            return new Job(basis, head, file, file.length, inplace);
        }
    }
}
