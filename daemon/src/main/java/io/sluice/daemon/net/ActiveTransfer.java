package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.ModuleTransfer;
import io.sluice.daemon.monitor.ConnectionLine;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that is served, as others see it. */
final class ActiveTransfer {
    private final Admission admission;
    private final Instant since = Instant.now();
    private volatile @Nullable Streams streams;

    /** What moves, and had moved before. */
    private record Streams(WireInput in, WireOutput out, long received, long sent) {}

    ActiveTransfer(Admission admission) {
        this.admission = admission;
    }

    /** The streams are there. */
    void begins(WireInput in, WireOutput out, long receivedBefore, long sentBefore) {
        streams = new Streams(in, out, receivedBefore, sentBefore);
    }

    private long sent() {
        Streams now = streams;
        return now == null ? 0 : now.out.bytesWritten() - now.sent;
    }

    private long received() {
        Streams now = streams;
        return now == null ? 0 : now.in.bytesRead() - now.received;
    }

    /** What it came to. */
    DaemonEvents.Outcome outcome(ModuleTransfer served, ExitCode code) {
        return new DaemonEvents.Outcome(
                admission.module().configuration().name(),
                served.sending(),
                code,
                sent(),
                received(),
                served.files(),
                Duration.between(since, Instant.now()));
    }

    /** The line that the log gets of it. */
    byte[] line() {
        String module = admission.module().configuration().name();
        return ConnectionLine.transferring(admission.peer(), module, admission.user(), sent(), received(), since);
    }

    /** As above, of a connection whose last transfer it was. */
    byte[] idleLine(Instant idleSince) {
        String module = admission.module().configuration().name();
        return ConnectionLine.idle(admission.peer(), module, admission.user(), idleSince);
    }
}
