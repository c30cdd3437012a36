package io.sluice.daemon.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.protocol.ExitCode;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Counts what becomes of connections, as Prometheus reads it. Labels have the values of the configuration and of this daemon alone, never a peer's. */
public final class Metrics implements DaemonEvents {
    private static final String MODULE = "module";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter accepted = Counter.builder("sluice.connections.accepted")
            .description("Connections that came")
            .register(registry);

    public Metrics() {
        for (Refusal reason : Refusal.values()) {
            var _ = refusals(reason); // there from the start: a rate needs a first value
        }
    }

    /** Watches how many connections are in a state. */
    public void watch(String state, IntSupplier count) {
        var _ = Gauge.builder("sluice.connections", count::getAsInt)
                .description("Connections at this moment")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void accepted() {
        accepted.increment();
    }

    @Override
    public void refused(Refusal reason) {
        refusals(reason).increment();
    }

    private Counter refusals(Refusal reason) {
        return Counter.builder("sluice.refused")
                .description("Connections that were not let in, or not in time")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void transferred(Outcome outcome) {
        Timer.builder("sluice.transfers")
                .description("Transfers that are over, and how long they took")
                .tags(
                        MODULE,
                        outcome.module(),
                        "direction",
                        direction(outcome.sending()),
                        "result",
                        result(outcome.code()))
                .register(registry)
                .record(outcome.duration());
        bytes(outcome.module(), "sent", outcome.sent());
        bytes(outcome.module(), "received", outcome.received());
        Counter.builder("sluice.files")
                .description("Files whose content was transferred")
                .tags(MODULE, outcome.module(), "direction", direction(outcome.sending()))
                .register(registry)
                .increment((double) outcome.files());
    }

    private void bytes(String module, String direction, long count) {
        Counter.builder("sluice.bytes")
                .description("Bytes on the wire of transfers that are over")
                .tags(MODULE, module, "direction", direction)
                .register(registry)
                .increment((double) count);
    }

    private static String direction(boolean sending) {
        return sending ? "sent" : "received";
    }

    private static String result(ExitCode code) {
        return switch (code) {
            case OK -> "ok";
            case PARTIAL, VANISHED, DELETE_LIMIT -> "partial";
            default -> "error";
        };
    }

    /** All that is counted, in Prometheus's text. */
    String text() {
        return registry.scrape();
    }
}
