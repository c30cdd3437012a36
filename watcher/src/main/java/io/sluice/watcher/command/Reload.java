package io.sluice.watcher.command;

import io.sluice.protocol.FailureText;
import io.sluice.protocol.config.Finding;
import io.sluice.protocol.config.Findings;
import io.sluice.watcher.config.MirrorFile;
import io.sluice.watcher.config.NamedMirror;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a configuration anew and lets running mirrors have it; one that makes no sense is told, and all stays as it was. */
final class Reload implements Runnable {
    private final Path file;
    private final Map<String, String> environment;
    private final RunningMirrors mirrors;
    private final MirrorLog log;

    Reload(Path file, Map<String, String> environment, RunningMirrors mirrors, MirrorLog log) {
        this.file = file;
        this.environment = environment;
        this.mirrors = mirrors;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            Findings findings = MirrorFile.check(file, environment);
            findings.list().stream().map(Finding::toString).forEach(log::complain);
            if (findings.hasErrors()) {
                log.complain("configuration is kept as it was");
                return;
            }
            List<NamedMirror> read = MirrorFile.read(file, environment);
            mirrors.reload(read);
            log.say("configuration is read: " + mirrors.summary());
        } catch (IOException e) {
            log.complain("configuration is kept as it was: " + FailureText.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
