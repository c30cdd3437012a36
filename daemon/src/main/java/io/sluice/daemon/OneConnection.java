package io.sluice.daemon;

import io.sluice.daemon.config.ConfigurationFiles;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.DaemonIdentity;
import io.sluice.daemon.net.SingleService;
import io.sluice.linux.Identity;
import io.sluice.protocol.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** A daemon for the one connection that the process was started with. */
final class OneConnection {
    /** For somebody who may not read root's, in the directory where the remote shell begins. */
    private static final Path OWN_CONFIGURATION = Path.of("rsyncd.conf");

    private final DaemonOptions options;
    private final Map<String, String> environment;

    OneConnection(DaemonOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    ExitCode serve() throws IOException {
        OwnStreams streams = options.server() ? OwnStreams.ofRemoteShell(environment) : OwnStreams.ofInetd();
        DaemonConfiguration configuration = DaemonConfiguration.read(
                configurationFile().toString(), environment, options.overrides(), new ConfigurationFiles());
        // Standard error may be the very connection, and nobody reads it otherwise.
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (DaemonLog daemonLog = new DaemonLog(nowhere, Clock.system(ZoneId.systemDefault()), DaemonLog.SYSTEM)) {
            Log log = daemonLog.daemon(configuration.log());
            configuration.warnings().forEach(log::line);
            SingleService service = new SingleService(configuration, log, DaemonSettings.DEFAULT_CONVERSATION_LIMIT);
            daemonLog.open(configuration.log());
            service.enterRoot(configuration.identity().chroot());
            DaemonIdentity.of(configuration.identity()).assume();
            return service.serve(streams.peer(), streams.input(), streams.output());
        }
    }

    private Path configurationFile() {
        boolean ordinary = options.server() && Identity.currentUser() != 0;
        return options.configuration().orElse(ordinary ? OWN_CONFIGURATION : DaemonOptions.DEFAULT_CONFIGURATION);
    }
}
