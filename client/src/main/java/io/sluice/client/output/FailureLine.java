package io.sluice.client.output;

import io.sluice.protocol.ExitCode;
import java.util.Locale;
import java.util.Optional;

/** The line that ends a failed run: {@code rsync error: some files/attrs were not transferred (see previous errors) (code 23) at sluice(0) [sender=0.1.0]}. */
public final class FailureLine {
    private FailureLine() {}

    /** Which end of a transfer this process is; a client until it knows. */
    public enum Role {
        CLIENT,
        SENDER,
        RECEIVER,
        /** A receiver that got a list. */
        GENERATOR;

        /** Returns rsync's word in brackets. */
        public String word() {
            return this == RECEIVER ? "Receiver" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the line, without newline; {@code code} is not OK. */
    public static byte[] of(ExitCode code, Role role, String version) {
        return line(code == ExitCode.VANISHED ? "warning" : "error", code.phrase(), code.value(), role, version);
    }

    /** As above, for the exit status (1–255) of another program. */
    public static byte[] of(int status, Role role, String version) {
        Optional<ExitCode> code = ExitCode.of(status);
        if (code.isPresent()) {
            return of(code.get(), role, version);
        }
        return line("error", "unexplained error", status, role, version);
    }

    private static byte[] line(String kind, String phrase, int code, Role role, String version) {
        String text = "rsync " + kind + ": " + phrase + " (code " + code + ") at sluice(0) [" + role.word() + "="
                + version + "]";
        return new LineBuffer().text(text).toByteArray();
    }
}
