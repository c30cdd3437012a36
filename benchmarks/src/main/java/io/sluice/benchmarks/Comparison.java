package io.sluice.benchmarks;

import io.sluice.benchmarks.Scenario.Start;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs one workload in both directions by every pairing, round after round, so that whatever else the machine does meets all of them
 * alike. The first round only warms up. Daemons stay up for all rounds, as they do in use; clients are new each time.
 */
final class Comparison {
    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String OLDER = "older";

    /** A direction and a pairing: what is repeated. */
    private record Transfer(Direction direction, Pairing pairing) {}

    private final Workspace workspace;
    private final Workload workload;
    private final List<String> clientOptions;
    private final long rate;
    private final PrintStream log;
    private final ClientRun clients;
    private final Path source;
    private final Path target;
    private final Path older;
    private final Map<Transfer, List<Measurement>> measurements = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * @param clientOptions that our client gets and rsync's does not
     * @param rate bytes a second for each connection; 0 = no limit
     */
    Comparison(Workspace workspace, Workload workload, List<String> clientOptions, long rate, PrintStream log) {
        this.workspace = workspace;
        this.workload = workload;
        this.clientOptions = clientOptions;
        this.rate = rate;
        this.log = log;
        this.clients = new ClientRun(workspace);
        this.source = workspace.path(SOURCE);
        this.target = workspace.path(TARGET);
        this.older = workspace.path(OLDER);
    }

    /** Makes the trees, runs all rounds, and removes the trees. */
    List<Result> run(List<Pairing> pairings, int rounds) throws IOException, InterruptedException {
        List<Transfer> transfers = transfers(pairings);
        makeTrees();
        Map<Program, DaemonUnderTest> daemons = new EnumMap<>(Program.class);
        try {
            for (Pairing pairing : pairings) {
                if (!daemons.containsKey(pairing.daemon())) {
                    String name = "daemon-" + pairing.daemon().label();
                    daemons.put(
                            pairing.daemon(),
                            DaemonUnderTest.start(workspace, pairing.daemon(), name, workspace.path(""), rate));
                }
            }
            for (int round = 0; round <= rounds; round++) {
                for (Transfer transfer : transfers) {
                    runOnce(transfer, daemons, round);
                }
                Collections.rotate(transfers, 1);
            }
        } finally {
            daemons.values().forEach(DaemonUnderTest::close);
            Workspace.delete(source);
            Workspace.delete(target);
            Workspace.delete(older);
        }
        return results();
    }

    private List<Transfer> transfers(List<Pairing> pairings) {
        List<Transfer> transfers = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            pairings.forEach(pairing -> transfers.add(new Transfer(direction, pairing)));
        }
        transfers.forEach(transfer -> measurements.put(transfer, new ArrayList<>()));
        return transfers;
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        measurements.forEach((transfer, list) -> {
            if (!list.isEmpty()) {
                results.add(new Result(workload, transfer.direction(), transfer.pairing(), list));
            }
        });
        return results;
    }

    /** A line for each run that failed or left a wrong tree. */
    List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    private void makeTrees() throws IOException {
        Start start = workload.scenario().start();
        if (start == Start.OLDER) {
            TreeMaker.make(older, workload.files(), workload.fileBytes());
            Files.createDirectory(source);
            TreeMaker.edit(older.resolve(TreeMaker.name(0)), source.resolve(TreeMaker.name(0)));
        } else {
            TreeMaker.make(source, workload.files(), workload.fileBytes());
        }
        if (start == Start.SAME) {
            TreeMaker.make(target, workload.files(), workload.fileBytes());
        }
    }

    private void prepareTarget() throws IOException {
        switch (workload.scenario().start()) {
            case SAME -> {}
            case NOTHING -> {
                Workspace.delete(target);
                Files.createDirectory(target);
            }
            case OLDER -> {
                Workspace.delete(target);
                Files.createDirectory(target);
                Path file = target.resolve(TreeMaker.name(0));
                Files.copy(older.resolve(TreeMaker.name(0)), file, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void runOnce(Transfer transfer, Map<Program, DaemonUnderTest> daemons, int round)
            throws IOException, InterruptedException {
        prepareTarget();
        boolean same = workload.scenario().start() == Start.SAME;
        long before = same ? TreeComparison.fingerprint(target) : 0;
        DaemonUnderTest daemon =
                Objects.requireNonNull(daemons.get(transfer.pairing().daemon()));
        String what = workload.scenario().label() + " " + transfer.direction().label() + " "
                + transfer.pairing().label();
        try {
            Measurement measurement = clients.measure(command(transfer, daemon), daemon);
            Optional<String> difference = TreeComparison.with(source).difference(target);
            if (difference.isEmpty() && same && TreeComparison.fingerprint(target) != before) {
                difference = Optional.of("files were written though nothing had changed");
            }
            if (difference.isPresent()) {
                fail(what + ": wrong tree: " + difference.get());
            } else if (round > 0) {
                Objects.requireNonNull(measurements.get(transfer)).add(measurement);
            }
            log.printf("  round %d: %s: %.3f s%n", round, what, measurement.wallNanos() / 1e9);
        } catch (IOException e) {
            fail(what + ": " + e.getMessage());
        }
    }

    private List<String> command(Transfer transfer, DaemonUnderTest daemon) {
        List<String> command = transfer.pairing().client().client();
        command.add("-a");
        if (transfer.pairing().client() == Program.OURS) {
            command.addAll(clientOptions);
        }
        if (transfer.direction() == Direction.PUSH) {
            command.addAll(List.of(source + "/", daemon.url(TARGET + "/")));
        } else {
            command.addAll(List.of(daemon.url(SOURCE + "/"), target + "/"));
        }
        return command;
    }

    private void fail(String line) {
        failures.add(line);
        log.println("  FAILED: " + line);
    }
}
