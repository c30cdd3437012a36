package io.sluice.watcher.status;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** How everything stands, as Prometheus reads it. Labels are of the configuration alone: sources and replicas. */
final class StatusMetrics {
    private final StatusBoard board;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Series, Known> series = new HashMap<>();
    private final Set<Series> seen = new HashSet<>();

    StatusMetrics(StatusBoard board) {
        this.board = board;
    }

    private record Series(String name, Tags tags) {}

    private record Known(Meter meter, AtomicReference<Double> value) {}

    /** All of now, in Prometheus's text. What is not there any more is not shown any more. */
    synchronized String text() {
        seen.clear();
        board.view().sources().forEach(this::source);
        series.entrySet().removeIf(entry -> {
            boolean gone = !seen.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().meter());
            }
            return gone;
        });
        return registry.scrape();
    }

    private void source(SourceView source) {
        Tags tags = Tags.of("source", source.name());
        gauge("sluice.monitor.watching", "Whether a source is watched", tags, source.watching() ? 1 : 0);
        gauge(
                "sluice.monitor.directories",
                "Directories of a source",
                tags,
                source.monitor().directories());
        gauge(
                "sluice.monitor.unwatched",
                "Directories that are looked at now and then, since they cannot be watched",
                tags,
                source.monitor().unwatched());
        counter(
                "sluice.monitor.events",
                "Events read from the kernel",
                tags,
                source.monitor().events());
        counter(
                "sluice.monitor.overflows",
                "Times that the kernel's queue was full",
                tags,
                source.monitor().overflows());
        source.replicas().forEach(replica -> replica(tags.and("replica", replica.name()), replica));
    }

    private void replica(Tags tags, ReplicaView replica) {
        gauge(
                "sluice.mirror.in.sync",
                "Whether a replica has everything, or lacks only what changed just now",
                tags,
                replica.isInSync() ? 1 : 0);
        gauge(
                "sluice.mirror.ready",
                "Whether a replica has had everything once",
                tags,
                replica.synchronizedOnce() ? 1 : 0);
        gauge(
                "sluice.mirror.lag.seconds",
                "Age of the oldest change that a replica does not have",
                tags,
                replica.status().lag().toNanos() / 1e9);
        gauge(
                "sluice.mirror.queue.paths",
                "Paths that wait to be pushed to a replica",
                tags,
                replica.status().dirtyPaths());
        ReplicaView.Totals totals = replica.totals();
        counter("sluice.mirror.pushes", "Pushes that went well", tags, totals.pushes());
        counter("sluice.mirror.changes", "Changes that arrived at a replica", tags, totals.changes());
        counter("sluice.mirror.files", "Files whose content was sent", tags, totals.files());
        counter("sluice.mirror.bytes", "Bytes of content that were sent", tags, totals.bytes());
        counter("sluice.mirror.failures", "Pushes that failed", tags, totals.failures());
    }

    private void gauge(String name, String description, Tags tags, double value) {
        Series key = new Series(name, tags);
        seen.add(key);
        series.computeIfAbsent(key, absent -> {
                    AtomicReference<Double> current = new AtomicReference<>(value);
                    Meter meter = Gauge.builder(name, current, AtomicReference::get)
                            .description(description)
                            .tags(tags)
                            .register(registry);
                    return new Known(meter, current);
                })
                .value()
                .set(value);
    }

    private void counter(String name, String description, Tags tags, long count) {
        double value = (double) count;
        Series key = new Series(name, tags);
        seen.add(key);
        series.computeIfAbsent(key, absent -> {
                    AtomicReference<Double> current = new AtomicReference<>(value);
                    Meter meter = FunctionCounter.builder(name, current, AtomicReference::get)
                            .description(description)
                            .tags(tags)
                            .register(registry);
                    return new Known(meter, current);
                })
                .value()
                .set(value);
    }
}
