package io.sluice.protocol.delta;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/**
 * Tokens with compressed literals, as {@link TokenFlags} shows them. Consecutive blocks are held back until their run
 * ends.
 */
final class CompressedTokenWriter implements TokenWriter {
    private final WireOutput out;
    private final Compressor compressor;
    private final Compressor.PartWriter parts = this::writePart;

    private boolean dataPending;
    private boolean runPending;
    private int runStart;
    private int runEnd; // the pending run's last block
    private int lastRunEnd; // that of the run before

    CompressedTokenWriter(WireOutput out, Compressor compressor) {
        this.out = out;
        this.compressor = compressor;
    }

    @Override
    public void literal(byte[] bytes, int offset, int length) throws IOException {
        writeRun();
        compressor.compress(bytes, offset, length, parts);
        dataPending |= length > 0;
    }

    @Override
    public void match(int index, byte[] bytes, int offset, int length) throws IOException {
        flushData();
        if (runPending && index == runEnd + 1 && index - runStart <= TokenFlags.MAX_OTHERS) {
            runEnd = index;
        } else {
            writeRun();
            runPending = true;
            runStart = index;
            runEnd = index;
        }
        compressor.matched(bytes, offset, length);
    }

    @Override
    public void standAlone() throws IOException {
        writeRun();
        flushData();
        compressor.standAlone(parts);
    }

    @Override
    public void end() throws IOException {
        writeRun();
        flushData();
        out.writeByte(TokenFlags.END);
        lastRunEnd = 0;
        compressor.begin();
    }

    private void flushData() throws IOException {
        if (dataPending) {
            compressor.flush(parts);
            dataPending = false;
        }
    }

    private void writeRun() throws IOException {
        if (!runPending) {
            return;
        }
        int distance = runStart - lastRunEnd;
        int others = runEnd - runStart;
        if (distance >= 0 && distance <= TokenFlags.LOW_BITS) {
            out.writeByte((others == 0 ? TokenFlags.NEAR_BLOCK : TokenFlags.NEAR_RUN) | distance);
        } else {
            out.writeByte(others == 0 ? TokenFlags.BLOCK : TokenFlags.RUN);
            out.writeInt(runStart);
        }
        if (others != 0) {
            out.writeShort(others);
        }
        lastRunEnd = runEnd;
        runPending = false;
    }

    private void writePart(byte[] bytes, int offset, int length) throws IOException {
        out.writeByte(TokenFlags.DATA | length >> Byte.SIZE);
        out.writeByte(length & 0xFF);
        out.write(bytes, offset, length);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
