package io.sluice.daemon;

import io.sluice.protocol.config.Parameter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a daemon is to be started.
 *
 * @param configuration the {@code rsyncd.conf}
 * @param overrides parameters that stand behind the file's global ones
 * @param forced parameters that hold for the daemon and each module, whatever the file says
 * @param port to listen on instead of what the configuration says; 0: any free one
 * @param address to listen on instead of what the configuration says; empty: as it says
 * @param conversationLimit for a peer to be let in and to send its arguments
 * @param environment variables that the configuration may refer to
 * @param messages for log lines that go neither to a file nor to syslog
 * @param syslog the socket that syslog listens on; empty: it is not used
 */
public record DaemonSettings(
        Path configuration,
        List<Parameter> overrides,
        List<Parameter> forced,
        OptionalInt port,
        String address,
        Duration conversationLimit,
        Map<String, String> environment,
        PrintStream messages,
        String syslog) {
    /** What a peer gets if nothing else is said. */
    public static final Duration DEFAULT_CONVERSATION_LIMIT = Duration.ofSeconds(60);

    public DaemonSettings {
        overrides = List.copyOf(overrides);
        forced = List.copyOf(forced);
        environment = Map.copyOf(environment);
    }

    /** All as the configuration says, with this process's environment and standard error. */
    public static DaemonSettings of(Path configuration) {
        return new DaemonSettings(
                configuration,
                List.of(),
                List.of(),
                OptionalInt.empty(),
                "",
                DEFAULT_CONVERSATION_LIMIT,
                System.getenv(),
                System.err,
                "");
    }

    /** The same on another port; 0: any free one. */
    public DaemonSettings onPort(int other) {
        return new DaemonSettings(
                configuration,
                overrides,
                forced,
                OptionalInt.of(other),
                address,
                conversationLimit,
                environment,
                messages,
                syslog);
    }

    /** The same on another address. */
    public DaemonSettings onAddress(String other) {
        return new DaemonSettings(
                configuration, overrides, forced, port, other, conversationLimit, environment, messages, syslog);
    }

    /** The same with another limit for a peer to be let in. */
    public DaemonSettings withConversationLimit(Duration other) {
        return new DaemonSettings(
                configuration, overrides, forced, port, address, other, environment, messages, syslog);
    }

    /** The same with another stream for log lines that have no log file. */
    public DaemonSettings withMessages(PrintStream other) {
        return new DaemonSettings(
                configuration, overrides, forced, port, address, conversationLimit, environment, other, syslog);
    }
}
