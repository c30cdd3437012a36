package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands with their output in files, so that no pipe can fill up, and with a bound on their time. */
public final class Processes {
    /** The password that clients send. */
    public static final String PASSWORD = "correct horse";

    private static final long LIMIT_SECONDS = 300;

    private Processes() {}

    public static Program.Run run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path out = Files.createTempFile("interop", ".out");
        Path err = Files.createTempFile("interop", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("RSYNC_PASSWORD", PASSWORD);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("still running after " + LIMIT_SECONDS + " s: " + command + "\n"
                        + Files.readString(out, ISO_8859_1) + Files.readString(err, ISO_8859_1));
            }
            return new Program.Run(
                    process.exitValue(), Files.readString(out, ISO_8859_1), Files.readString(err, ISO_8859_1));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Whether a process has a handler for the signal of that number. */
    static boolean hears(long pid, int signal) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("SigCgt:")) {
                String handled = line.substring("SigCgt:".length()).strip();
                return (Long.parseUnsignedLong(handled, 16) >>> (signal - 1) & 1) != 0;
            }
        }
        return false;
    }
}
