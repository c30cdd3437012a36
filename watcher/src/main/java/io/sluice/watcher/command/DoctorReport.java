package io.sluice.watcher.command;

import io.sluice.client.output.JsonLine;
import io.sluice.watcher.doctor.Diagnosis;
import io.sluice.watcher.doctor.Diagnosis.Verdict;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Tells what was found, for people or as events. Thread-safe: what is told of a subject stays together. */
final class DoctorReport {
    private static final int CHECK_WIDTH = 11;

    private final boolean json;
    private final PrintStream out;
    private int bad;
    private int warnings;

    DoctorReport(boolean json, PrintStream out) {
        this.json = json;
        this.out = out;
    }

    /** All that was found of one subject. */
    synchronized void tell(List<Diagnosis> found) {
        if (!json && !found.isEmpty()) {
            out.println(found.getFirst().subject());
        }
        for (Diagnosis diagnosis : found) {
            bad += diagnosis.verdict() == Verdict.BAD ? 1 : 0;
            warnings += diagnosis.verdict() == Verdict.WARNING ? 1 : 0;
            if (json) {
                event(diagnosis);
            } else {
                lines(diagnosis);
            }
        }
        out.flush();
    }

    private void event(Diagnosis diagnosis) {
        write(new JsonLine("check")
                .bytes("subject", bytes(diagnosis.subject()))
                .text("verdict", diagnosis.verdict().name().toLowerCase(Locale.ROOT))
                .text("check", diagnosis.check())
                .bytes("text", bytes(diagnosis.text()))
                .bytes("advice", bytes(diagnosis.advice())));
    }

    private void write(JsonLine line) {
        byte[] bytes = line.toByteArray();
        out.write(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void lines(Diagnosis diagnosis) {
        out.println("  " + padded(diagnosis.verdict().word(), 8) + padded(diagnosis.check(), CHECK_WIDTH) + " "
                + diagnosis.text());
        if (!diagnosis.advice().isEmpty()) {
            out.println(" ".repeat(10 + CHECK_WIDTH) + " -> " + diagnosis.advice());
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Tells how many there were, and returns the exit code: 1 if something will not work. */
    synchronized int end() {
        int exitCode = bad == 0 ? 0 : 1;
        if (json) {
            write(new JsonLine("end")
                    .number("failed", bad)
                    .number("warnings", warnings)
                    .number("exit_code", exitCode));
        } else {
            out.println(bad + " failed, " + warnings + (warnings == 1 ? " warning" : " warnings"));
        }
        out.flush();
        return exitCode;
    }
}
