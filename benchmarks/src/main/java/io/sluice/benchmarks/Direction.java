package io.sluice.benchmarks;

/** Which way the files go; the client always is the one that asks. */
enum Direction {
    PUSH,
    PULL;

    String label() {
        return this == PUSH ? "push" : "pull";
    }
}
