package io.sluice.client.command;

import io.sluice.client.ClientException;
import io.sluice.client.Location;
import io.sluice.client.command.CommandLine.Request;
import io.sluice.protocol.options.TransferOptions;

/** When {@code --connections} makes sense: to a daemon, and where a file that has arrived is not sent again by the session that ends it all. */
public final class ConnectionsRule {
    private static final int MOST = 64;

    private final CommandLine line;

    private ConnectionsRule(CommandLine line) {
        this.line = line;
    }

    /**
     * Checks a command line.
     *
     * @throws ClientException with code 1 and the reason
     */
    public static void check(CommandLine line, Endpoints endpoints) throws ClientException {
        if (line.request() == Request.TRANSFER && line.connection().connections() != 0) {
            new ConnectionsRule(line).check(endpoints);
        }
    }

    private void check(Endpoints endpoints) throws ClientException {
        int connections = line.connection().connections();
        if (connections < 1 || connections > MOST) {
            throw new UsageException(
                    "rsync: --connections=" + connections + " is invalid (expected: 1 to " + MOST + ")");
        }
        TransferOptions options = line.options();
        refuse(line.batch().reads() || line.batch().writes(), "a batch");
        if (!(endpoints.peer() instanceof Location.Daemon)) {
            throw new UsageException("The --connections option may only be used when accessing an rsync daemon.");
        }
        refuse(line.connection().remoteShell() != null, "--rsh (-e)");
        refuse(options.selection().listOnly(), "a listing");
        refuse(options.placement().delayUpdates(), "--delay-updates");
        refuse(options.update().ignoreTimes(), "--ignore-times (-I)");
        refuse(options.placement().basis().renamed(), "--detect-renamed");
        refuse(!line.connection().remoteOptions().isEmpty(), "--remote-option (-M)");
        boolean known = options.preservation().times()
                || options.update().sizeOnly()
                || options.update().checksum();
        if (!known) {
            throw new UsageException("rsync: --connections needs --times (-t), --checksum (-c) or --size-only");
        }
    }

    private static void refuse(boolean given, String option) throws UsageException {
        if (given) {
            throw new UsageException("rsync: --connections cannot be used with " + option);
        }
    }
}
