package io.sluice.watcher.command;

import io.sluice.protocol.FailureText;
import io.sluice.protocol.config.Finding;
import io.sluice.protocol.config.Findings;
import io.sluice.watcher.config.MirrorFile;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.status.StatusRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration anew and lets running mirrors have it; one that makes no sense is told, and all stays as it was. */
final class Reload implements Runnable {
    private final Path file;
    private final Map<String, String> environment;
    private final RunningMirrors mirrors;
    private final MirrorLog log;
    private final Optional<StatusRules> status;

    /** @param status where the process tells how its mirrors stand, for as long as it is there */
    Reload(
            Path file,
            Map<String, String> environment,
            RunningMirrors mirrors,
            MirrorLog log,
            Optional<StatusRules> status) {
        this.file = file;
        this.environment = environment;
        this.mirrors = mirrors;
        this.log = log;
        this.status = status;
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
            if (!MirrorFile.readStatus(file, environment).equals(status)) {
                log.complain("status address, status token file: changed (expected: as at the start; a restart makes"
                        + " the change count)");
            }
        } catch (IOException e) {
            log.complain("configuration is kept as it was: " + FailureText.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
