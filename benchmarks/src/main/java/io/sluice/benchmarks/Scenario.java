package io.sluice.benchmarks;

import java.util.Arrays;

/** What is transferred, and what is already there. */
enum Scenario {
    LARGE("large", Start.NOTHING, 1, 2L << 30),
    SMALL("small", Start.NOTHING, 50_000, 3_000),
    NO_OP("no-op", Start.SAME, 50_000, 3_000),
    DELTA("delta", Start.OLDER, 1, 1L << 30),
    TINY("tiny", Start.NOTHING, 200_000, 20);

    /** What the receiver has before the transfer. */
    enum Start {
        NOTHING,
        SAME,
        /** The file before it was edited. */
        OLDER
    }

    private static final int QUICK_PART = 10;

    private final String label;
    private final Start start;
    private final int files;
    private final long fileBytes;

    Scenario(String label, Start start, int files, long fileBytes) {
        this.label = label;
        this.start = start;
        this.files = files;
        this.fileBytes = fileBytes;
    }

    static Scenario of(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label.equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("scenario: " + label + " (expected: one of " + labels() + ")"));
    }

    static String labels() {
        return String.join(", ", Arrays.stream(values()).map(Scenario::label).toList());
    }

    String label() {
        return label;
    }

    Start start() {
        return start;
    }

    /** Whether it is about one file, whose size can be chosen, or about many, whose number can be. */
    boolean isOneFile() {
        return files == 1;
    }

    /** The size it is defined with, or a tenth of it. */
    Workload workload(boolean quick) {
        int part = quick ? QUICK_PART : 1;
        return isOneFile() ? new Workload(this, 1, fileBytes / part) : new Workload(this, files / part, fileBytes);
    }
}
