package io.sluice.watcher.mirror;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks each replica whether it would take a push, before anything is watched or pushed. */
final class StartCheck {
    private static final int AT_ONCE = 16;

    private StartCheck() {}

    /**
     * Asks.
     *
     * @throws TransferException with the exit code of the first replica that cannot be reached or refuses, and what is wrong with each
     */
    static void run(MirrorConfiguration configuration) throws TransferException {
        List<String> words = new ArrayList<>();
        ExitCode code = ExitCode.OK;
        List<Replica> replicas = configuration.replicas();
        List<TrialPush> trials = trials(configuration);
        for (int i = 0; i < replicas.size(); i++) {
            TrialPush trial = trials.get(i);
            if (isFailure(trial.exitCode())) {
                code = code == ExitCode.OK ? trial.exitCode() : code;
                words.add(replicas.get(i) + ": " + PushFailure.of(trial).words());
            }
        }
        if (code != ExitCode.OK) {
            throw new TransferException(
                    code,
                    String.join("\n", words) + "\nnothing is mirrored (insist = no; with yes it would be tried again)");
        }
    }

    /** What concerns single files is tried again as ever. */
    private static boolean isFailure(ExitCode code) {
        return code != ExitCode.OK && code != ExitCode.PARTIAL && code != ExitCode.VANISHED;
    }

    private static List<TrialPush> trials(MirrorConfiguration configuration) throws TransferException {
        List<TrialPush> trials = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("mirror-start-", 0).factory())) {
            List<Future<TrialPush>> running = new ArrayList<>();
            for (Replica replica : configuration.replicas()) {
                running.add(executor.submit(() -> TrialPush.of(configuration, replica)));
            }
            for (Future<TrialPush> one : running) {
                trials.add(one.get());
            }
            return trials;
        } catch (ExecutionException e) {
            throw TransferException.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while replicas were asked", e);
        }
    }
}
