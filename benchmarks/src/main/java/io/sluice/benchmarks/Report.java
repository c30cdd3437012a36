package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Lays results out as a table: medians, and their ratios to rsync→rsync of the same run. */
final class Report {
    private static final List<String> HEADINGS = List.of(
            "scenario",
            "size",
            "way",
            "pairing",
            "rounds",
            "wall s",
            "x",
            "cpu s",
            "x",
            "client cpu s",
            "daemon cpu s",
            "peak MiB",
            "x",
            "client MiB",
            "daemon MiB");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MEBI = 1 << 20;

    private final List<Result> results;

    Report(List<Result> results) {
        this.results = List.copyOf(results);
    }

    /** For people, whose ratio columns are all headed {@code x}. */
    Table table() {
        return new Table(HEADINGS, results.stream().map(this::row).toList());
    }

    /** For programs: each column has a name of its own. */
    Table data() {
        List<String> names = new ArrayList<>();
        for (String heading : HEADINGS) {
            names.add((heading.equals("x") ? names.getLast() + "_ratio" : heading).replace(' ', '_'));
        }
        return new Table(names, table().rows());
    }

    private List<String> row(Result result) {
        Optional<Result> reference = results.stream()
                .filter(other -> other.pairing() == Pairing.REFERENCE && other.isSameTransfer(result))
                .findFirst();
        List<String> cells = new ArrayList<>(List.of(
                result.workload().scenario().label(),
                result.workload().size(),
                result.direction().label(),
                result.pairing().label(),
                Integer.toString(result.measurements().size())));
        cells.add(decimal(result.median(Measurement::wallNanos) / NANOS_PER_SECOND, 3));
        cells.add(ratio(result, reference, Measurement::wallNanos));
        cells.add(decimal(result.median(Measurement::cpuMillis) / MILLIS_PER_SECOND, 2));
        cells.add(ratio(result, reference, Measurement::cpuMillis));
        cells.add(decimal(result.median(Measurement::clientCpuMillis) / MILLIS_PER_SECOND, 2));
        cells.add(decimal(result.median(Measurement::daemonCpuMillis) / MILLIS_PER_SECOND, 2));
        cells.add(decimal(result.median(Measurement::peakBytes) / MEBI, 0));
        cells.add(ratio(result, reference, Measurement::peakBytes));
        cells.add(decimal(result.median(Measurement::clientPeakBytes) / MEBI, 0));
        cells.add(decimal(result.median(Measurement::daemonPeakBytes) / MEBI, 0));
        return cells;
    }

    private static String ratio(Result result, Optional<Result> reference, ToLongFunction<Measurement> figure) {
        double divisor = reference.map(value -> value.median(figure)).orElse(0.0);
        return divisor > 0 ? decimal(result.median(figure) / divisor, 2) : "-";
    }

    private static String decimal(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
