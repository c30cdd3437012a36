package io.sluice.daemon.module;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a server that gives up tells its exit code. */
public final class Farewell {
    private Farewell() {}

    /** The line that rsync ends a failed run with. */
    public static String line(ExitCode code, boolean sending) {
        String kind = code == ExitCode.VANISHED ? "warning" : "error";
        String role = sending ? "sender" : "Receiver";
        return "rsync " + kind + ": " + code.phrase() + " (code " + code.value() + ") at sluice [" + role + "]";
    }

    /** Sends that line, and the code itself, which ends the client with the same one. */
    static void send(WireOutput out, ExitCode code, boolean sending) throws IOException {
        out.message(MessageTag.ERROR, (line(code, sending) + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] value = {(byte) code.value(), 0, 0, 0};
        out.message(MessageTag.ERROR_EXIT, value);
        out.flush();
    }
}
