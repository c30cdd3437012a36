package io.sluice.watcher.heal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Compares each replica of a running mirror with the source now and then, and has pushed what differs. Replicas have their turns at random times within the
 * interval, few at once, and none while it is behind.
 */
public final class Healer implements AutoCloseable {
    /** How often a replica whose turn it is, and that is behind, is looked at. */
    private static final Duration UNTIL_STEADY = Duration.ofSeconds(1);

    private static final int REPLICAS_PER_THREAD = 25;
    private static final int SHOWN = 20;

    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::at));
    private final List<Thread> threads = new ArrayList<>();
    private final List<Patient> busy = new ArrayList<>();
    private final long interval;
    private final RandomGenerator random;
    private boolean closing;

    /** When a replica is compared next, by {@link System#nanoTime}. */
    private record Turn(Patient patient, long at) {}

    /** A replica, as a healer needs it. */
    interface Patient {
        /** Whether it has all that is known to have changed. */
        boolean isSteady();

        Comparison compare() throws IOException, InterruptedException;

        /** Has pushed what differs. Empty, or why that will not do. */
        Optional<String> heal(Comparison comparison) throws IOException;

        /** Is told what was found, or why nothing could be. */
        void tell(List<String> differences, Optional<String> error);

        /** Breaks off the comparison that is under way, and whatever would be. */
        void abort();
    }

    Healer(List<? extends Patient> patients, Duration interval, RandomGenerator random) {
        this.interval = interval.toNanos();
        this.random = random;
        long now = System.nanoTime();
        for (Patient patient : patients) {
            turns.add(new Turn(patient, now + part(this.interval)));
        }
    }

    private long part(long whole) {
        return whole <= 0 ? 0 : random.nextLong(whole);
    }

    /** Begins. */
    public void start() {
        int count = 1 + turns.size() / REPLICAS_PER_THREAD;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().name("verify").start(this::run));
        }
    }

    private void run() {
        try {
            for (Patient patient = next(); patient != null; patient = next()) {
                boolean done = patient.isSteady() && examine(patient);
                ended(patient, done);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next turn; null when this is closed. */
    private synchronized @Nullable Patient next() throws InterruptedException {
        while (!closing) {
            Turn first = turns.peek();
            long left = first == null ? Long.MAX_VALUE : first.at - System.nanoTime();
            if (first != null && left <= 0) {
                turns.remove();
                busy.add(first.patient);
                return first.patient;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return null;
    }

    private synchronized void ended(Patient patient, boolean done) {
        busy.remove(patient);
        long tenth = interval / 10;
        long pause = done ? interval - tenth + part(2 * tenth) : Math.min(interval, UNTIL_STEADY.toNanos());
        turns.add(new Turn(patient, System.nanoTime() + pause));
        notifyAll();
    }

    /** False if it is to be done again soon: the replica fell behind meanwhile. */
    private static boolean examine(Patient patient) throws InterruptedException {
        try {
            Comparison comparison = patient.compare();
            Optional<String> error = comparison.errors().isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("; ", comparison.errors()));
            Optional<String> trouble = comparison.isEqual() ? Optional.empty() : patient.heal(comparison);
            patient.tell(shown(comparison), error.or(() -> trouble));
        } catch (IOException | RuntimeException e) { // a defect must not end the healing of others
            patient.tell(List.of(), Optional.of(e.getMessage() == null ? e.toString() : e.getMessage()));
            return patient.isSteady();
        }
        return true;
    }

    private static List<String> shown(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        for (Difference difference : comparison.differences()) {
            if (lines.size() == SHOWN) {
                lines.add("and " + (comparison.count() - SHOWN) + " more");
                break;
            }
            String path = difference.path().length == 0
                    ? "."
                    : new String(difference.path(), StandardCharsets.UTF_8).replaceAll("\\p{Cc}", "?");
            lines.add(difference.words() + ": " + path + (difference.directory() ? "/" : ""));
        }
        return lines;
    }

    /** Ends, breaking off what is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            busy.forEach(Patient::abort);
            notifyAll();
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
