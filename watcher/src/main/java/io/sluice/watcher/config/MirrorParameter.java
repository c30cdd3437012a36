package io.sluice.watcher.config;

import io.sluice.protocol.config.Parameter;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a mirror's configuration file. Those that add up may stand there more than once. */
enum MirrorParameter {
    STATUS_ADDRESS("status address", false),
    STATUS_TOKEN_FILE("status token file", false),
    PATH("path", false),
    REPLICAS("replicas", true),
    PASSWORD_FILE("password file", false),
    EXCLUDE("exclude", true),
    INCLUDE("include", true),
    FILTER("filter", true),
    EXCLUDE_FROM("exclude from", true),
    INCLUDE_FROM("include from", true),
    OPTIONS("options", true),
    COMPRESS("compress", false),
    QUIET_PERIOD("quiet period", false),
    GROWING_INTERVAL("growing interval", false),
    SETTLE("settle", false),
    MAX_DELAY("max delay", false),
    MAX_DIRTY_MEMORY("max dirty memory", false),
    INSIST("insist", false),
    MAX_BACKOFF("max backoff", false),
    RESYNC_AFTER("resync after", false),
    TIMEOUT("timeout", false),
    CONNECT_TIMEOUT("connect timeout", false),
    VERIFY_INTERVAL("verify interval", false),
    PUBLISH("publish", false),
    TOGETHER_DEADLINE("together deadline", false),
    BEFORE_PUBLISH("before publish", false),
    AFTER_PUBLISH("after publish", false),
    MONITOR("monitor", false),
    POLL_INTERVAL("poll interval", false);

    private final String text;
    private final boolean addsUp;

    MirrorParameter(String text, boolean addsUp) {
        this.text = text;
        this.addsUp = addsUp;
    }

    /** As documented. */
    String text() {
        return text;
    }

    /** Whether several are joined, instead of the last one replacing the others. */
    boolean addsUp() {
        return addsUp;
    }

    /** Whether it holds for the whole process, and stands before the first section. */
    boolean isGlobal() {
        return this == STATUS_ADDRESS || this == STATUS_TOKEN_FILE;
    }

    static Optional<MirrorParameter> of(Parameter parameter) {
        return Arrays.stream(values()).filter(known -> parameter.is(known.text)).findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(MirrorParameter::text).collect(Collectors.joining(", "));
    }
}
