package io.sluice.protocol.delta;

import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Bytes instead of a peer. */
final class Wire {
    private Wire() {}

    /** Writes something. */
    interface Writing {
        void to(WireOutput out) throws IOException;
    }

    static byte[] written(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(bytes);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    static WireInput reading(byte[]... bytes) {
        return new WireInput(new ByteArrayInputStream(GoldenFiles.join(bytes)));
    }
}
