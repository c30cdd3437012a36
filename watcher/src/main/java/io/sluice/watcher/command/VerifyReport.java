package io.sluice.watcher.command;

import io.sluice.client.output.JsonLine;
import io.sluice.watcher.heal.Comparison;
import io.sluice.watcher.heal.Difference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells what comparisons found, for people or as events. Thread-safe: what is told of a replica stays together. */
final class VerifyReport {
    static final int EQUAL = 0;
    static final int DIFFERENT = 1;
    static final int NOT_COMPARED = 2;

    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;
    private int result = EQUAL;

    VerifyReport(boolean json, PrintStream out, PrintStream err) {
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** What was found of a replica. */
    synchronized void compared(VerifyRequest.Chosen chosen, Comparison comparison, long millis) {
        String prefix = prefix(chosen);
        for (Difference difference : comparison.differences()) {
            if (json) {
                write(event("difference", chosen)
                        .bytes("path", difference.path())
                        .flag("directory", difference.directory())
                        .text("what", difference.words()));
            } else {
                out.println(prefix + difference.words() + ": " + shown(difference));
            }
        }
        for (byte[] path : comparison.inFlight()) {
            if (json) {
                write(event("in_flight", chosen).bytes("path", path));
            } else {
                out.println(prefix + "in flight: " + shown(path));
            }
        }
        comparison.errors().forEach(error -> error(chosen, error));
        boolean whole = comparison.errors().isEmpty();
        int exitCode = whole ? comparison.isEqual() ? EQUAL : DIFFERENT : NOT_COMPARED;
        result = Math.max(result, exitCode);
        if (json) {
            write(event("replica", chosen)
                    .text("result", exitCode == EQUAL ? "equal" : exitCode == DIFFERENT ? "different" : "not compared")
                    .number("differences", comparison.count())
                    .number("in_flight", comparison.inFlight().size())
                    .number("entries", comparison.entries())
                    .number("elapsed_ms", millis));
        } else {
            out.println(prefix + summary(comparison, millis) + (whole ? "" : "; not all could be compared"));
        }
        out.flush();
    }

    private static String summary(Comparison comparison, long millis) {
        String found = comparison.isEqual()
                ? "equal"
                : comparison.count() == 1 ? "1 difference" : comparison.count() + " differences";
        String listed = comparison.more() == 0 ? "" : ", " + comparison.more() + " of them not listed";
        int moving = comparison.inFlight().size();
        return found
                + listed
                + (moving == 0 ? "" : ", " + moving + " in flight")
                + String.format(Locale.ROOT, " (%d entries, %.1f s)", comparison.entries(), millis / 1e3);
    }

    /** A replica that could not be compared. */
    synchronized void failed(VerifyRequest.Chosen chosen, String reason) {
        result = NOT_COMPARED;
        error(chosen, reason);
        if (json) {
            write(event("replica", chosen).text("result", "not compared"));
        }
        out.flush();
    }

    private void error(VerifyRequest.Chosen chosen, String reason) {
        if (json) {
            write(event("error", chosen).bytes("text", reason.getBytes(StandardCharsets.UTF_8)));
        } else {
            err.println(prefix(chosen) + reason.replaceAll("\\p{Cc}", " "));
        }
    }

    /** Tells that this is all, and returns the exit code. */
    synchronized int end() {
        if (json) {
            write(new JsonLine("end").number("exit_code", result));
        }
        out.flush();
        return result;
    }

    private static String prefix(VerifyRequest.Chosen chosen) {
        return "[" + chosen.mirror().name() + "] " + chosen.replica() + ": ";
    }

    private static JsonLine event(String name, VerifyRequest.Chosen chosen) {
        return new JsonLine(name)
                .bytes("section", chosen.mirror().name().getBytes(StandardCharsets.UTF_8))
                .bytes("replica", chosen.replica().name().getBytes(StandardCharsets.UTF_8));
    }

    private void write(JsonLine line) {
        byte[] bytes = line.toByteArray();
        out.write(bytes, 0, bytes.length);
    }

    private static String shown(Difference difference) {
        return shown(difference.path()) + (difference.directory() ? "/" : "");
    }

    private static String shown(byte[] path) {
        String text = path.length == 0 ? "." : new String(path, StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cc}", "?");
    }
}
