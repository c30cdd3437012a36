package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** What a receiver does with tokens, as simply as can be. */
final class Rebuild {
    private Rebuild() {}

    /** Returns the file that the tokens make of the basis. */
    static byte[] apart(TokenReader tokens, SumHead head, byte[] basis) throws IOException {
        ByteArrayOutputStream built = new ByteArrayOutputStream();
        for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
            if (token > 0) {
                built.write(tokens.buffer(), tokens.offset(), token);
            } else {
                int block = block(token, head);
                int from = (int) head.offsetOf(block);
                int length = head.lengthOf(block);
                tokens.matched(basis, from, length);
                built.write(basis, from, length);
            }
        }
        return built.toByteArray();
    }

    /** Returns the same with every byte written over the basis that later blocks are read from. */
    static byte[] inPlace(TokenReader tokens, SumHead head, byte[] basis, int roomLength) throws IOException {
        byte[] disk = Arrays.copyOf(basis, Math.max(basis.length, roomLength));
        int at = 0;
        for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
            if (token > 0) {
                System.arraycopy(tokens.buffer(), tokens.offset(), disk, at, token);
                at += token;
            } else {
                int block = block(token, head);
                int from = (int) head.offsetOf(block);
                int length = head.lengthOf(block);
                tokens.matched(disk, from, length);
                System.arraycopy(disk, from, disk, at, length);
                at += length;
            }
        }
        return Arrays.copyOf(disk, at);
    }

    private static int block(int token, SumHead head) throws ProtocolException {
        int block = -(token + 1);
        if (block >= head.count()) {
            throw new ProtocolException("block: " + block + " (expected: < " + head.count() + ")");
        }
        return block;
    }
}
