package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import io.sluice.daemon.monitor.ConnectionLine;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A connection that is in a module, as others see it. */
final class ActiveTransfer {
    private final Admission admission;
    private final SocketChannel socket;
    private final Instant since = Instant.now();
    private volatile @Nullable WireInput in;
    private volatile @Nullable WireOutput out;

    ActiveTransfer(Admission admission, SocketChannel socket) {
        this.admission = admission;
        this.socket = socket;
    }

    /** The streams are there. */
    void begins(WireInput input, WireOutput output) {
        in = input;
        out = output;
    }

    SocketChannel socket() {
        return socket;
    }

    Instant since() {
        return since;
    }

    long sent() {
        WireOutput output = out;
        return output == null ? 0 : output.bytesWritten();
    }

    long received() {
        WireInput input = in;
        return input == null ? 0 : input.bytesRead();
    }

    /** The line that the log gets of it. */
    byte[] line() {
        String module = admission.module().configuration().name();
        return ConnectionLine.transferring(admission.peer(), module, admission.user(), sent(), received(), since);
    }
}
