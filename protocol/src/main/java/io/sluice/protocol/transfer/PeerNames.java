package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The names of a {@code --files-from} list that the peer sends: each ends in NUL, an empty one ends the list. Can be gone through once. */
final class PeerNames implements Iterable<byte[]> {
    private static final int MAX_NAME = 4096;

    private final WireInput in;
    private final NameConversion names;

    PeerNames(WireInput in, NameConversion names) {
        this.in = in;
        this.names = names;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Iterator<>() {
            private byte @Nullable [] next = read();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public byte[] next() {
                byte[] result = next;
                if (result == null) {
                    throw new NoSuchElementException("the list of names has ended");
                }
                next = read();
                return result;
            }
        };
    }

    private byte @Nullable [] read() {
        try {
            var name = new ByteArrayOutputStream();
            for (int octet = in.readByte(); octet != 0; octet = in.readByte()) {
                if (name.size() == MAX_NAME) {
                    throw new ProtocolException(
                            "name bytes: more than " + MAX_NAME + " (expected: <= " + MAX_NAME + ")");
                }
                name.write(octet);
            }
            return name.size() == 0 ? null : names.lists() ? names.heard(name.toByteArray()) : name.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
