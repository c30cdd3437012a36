package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a client against a daemon and measures both. */
final class ClientRun {
    private static final long LIMIT_SECONDS = 600;

    private final Workspace workspace;

    ClientRun(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Runs {@code command} to its end.
     *
     * @throws IOException with what it printed, if it fails or does not end
     */
    Measurement measure(List<String> command, DaemonUnderTest daemon) throws IOException, InterruptedException {
        ProcessUsage.settle(daemon.pid());
        ProcessUsage.forgetPeak(daemon.pid());
        long daemonCpu = ProcessUsage.cpuMillis(daemon.pid());
        long clientCpu = ProcessUsage.waitedForMillis();
        Path output = workspace.path("client-output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        long begun = System.nanoTime();
        Process process = workspace.start(builder);
        PeakSampler client = PeakSampler.start(process.pid());
        PeakSampler server = PeakSampler.start(daemon.pid());
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        long wall = System.nanoTime() - begun;
        workspace.end(process);
        long clientPeak = client.stop();
        long daemonPeak = server.stop();
        if (!ended || process.exitValue() != 0) {
            String how = ended ? "exit code " + process.exitValue() : "not ended after " + LIMIT_SECONDS + " s";
            String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
            throw new IOException(how + ": " + String.join(" ", command) + "\n" + printed);
        }
        ProcessUsage.settle(daemon.pid());
        return new Measurement(
                wall,
                ProcessUsage.waitedForMillis() - clientCpu,
                ProcessUsage.cpuMillis(daemon.pid()) - daemonCpu,
                clientPeak,
                daemonPeak);
    }
}
