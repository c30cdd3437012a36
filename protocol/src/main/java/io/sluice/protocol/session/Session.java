package io.sluice.protocol.session;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * All that was negotiated for one transfer. Built by {@link Handshake}, then only read.
 *
 * @param side which role this end plays
 * @param server true at the end that was started with {@code --server} or is a daemon
 * @param version the lower of both protocol versions
 * @param incrementalRecursion the file list comes in segments while files are transferred
 * @param symlinkTimes the receiving end can set a symlink's times
 * @param safeFileList an error in the sender's list travels at the list's end (always in protocol ≥ 31)
 * @param xattrOptimization xattr change reports are abbreviated (protocol ≥ 31)
 * @param seedFirst a seeded MD5 takes the seed before the data
 * @param inplacePartialDir files of the partial directory are updated in place
 * @param varintFlags file list flags travel as a varint, and algorithms were negotiated by name
 * @param idZeroNames names of uid 0 and gid 0 travel too
 * @param transferChecksum for blocks and whole transferred files
 * @param fileChecksum for {@code --checksum} in the file list
 * @param compression for the tokens
 * @param checksumSeed the server's seed
 * @param names how names travel
 * @param reusable another transfer may follow on the same connection once this one is over in order (protocol ≥ 31)
 */
public record Session(
        Side side,
        boolean server,
        ProtocolVersion version,
        boolean incrementalRecursion,
        boolean symlinkTimes,
        boolean safeFileList,
        boolean xattrOptimization,
        boolean seedFirst,
        boolean inplacePartialDir,
        boolean varintFlags,
        boolean idZeroNames,
        ChecksumType transferChecksum,
        ChecksumType fileChecksum,
        CompressionType compression,
        int checksumSeed,
        NameConversion names,
        boolean reusable) {
    /** Of a connection that ends with its transfer. */
    public Session(
            Side side,
            boolean server,
            ProtocolVersion version,
            boolean incrementalRecursion,
            boolean symlinkTimes,
            boolean safeFileList,
            boolean xattrOptimization,
            boolean seedFirst,
            boolean inplacePartialDir,
            boolean varintFlags,
            boolean idZeroNames,
            ChecksumType transferChecksum,
            ChecksumType fileChecksum,
            CompressionType compression,
            int checksumSeed,
            NameConversion names) {
        this(
                side,
                server,
                version,
                incrementalRecursion,
                symlinkTimes,
                safeFileList,
                xattrOptimization,
                seedFirst,
                inplacePartialDir,
                varintFlags,
                idZeroNames,
                transferChecksum,
                fileChecksum,
                compression,
                checksumSeed,
                names,
                false);
    }

    /** Writes what a batch file begins with, behind its flags: version, compatibility flags (protocol ≥ 30) and seed. The file is not flushed. */
    public void writeHeader(OutputStream file) throws IOException {
        WireOutput out = new WireOutput(file);
        out.writeInt(version.number());
        if (version.hasCompatFlags()) {
            out.writeVarInt(CompatFlags.of(this));
        }
        out.writeInt(checksumSeed);
        out.flush();
    }

    /** Returns the session as a compression level makes it: at zlib's level 0 nothing is compressed, and both ends know it. */
    public Session atLevel(OptionalInt compressionLevel) {
        boolean zlib = compression == CompressionType.ZLIB || compression == CompressionType.ZLIBX;
        if (!zlib || compressionLevel.orElse(1) != 0) {
            return this;
        }
        return new Session(
                side,
                server,
                version,
                incrementalRecursion,
                symlinkTimes,
                safeFileList,
                xattrOptimization,
                seedFirst,
                inplacePartialDir,
                varintFlags,
                idZeroNames,
                transferChecksum,
                fileChecksum,
                CompressionType.NONE,
                checksumSeed,
                names,
                reusable);
    }
}
