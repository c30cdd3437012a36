package io.sluice.daemon.monitor;

import io.sluice.protocol.ExitCode;
import java.time.Duration;

/** Hears what becomes of connections. Called by many threads at a time. */
public interface DaemonEvents {
    /** Hears, and does nothing. */
    DaemonEvents NONE = new DaemonEvents() {
        @Override
        public void accepted() {}

        @Override
        public void refused(Refusal reason) {}

        @Override
        public void transferred(Outcome outcome) {}
    };

    /** A connection has come. */
    void accepted();

    /** One is not let in, or not in time. */
    void refused(Refusal reason);

    /** A transfer, or the attempt at one, is over. */
    void transferred(Outcome outcome);

    /** Why a connection is refused. */
    enum Refusal {
        /** By its address, or for a module that there is not. */
        ACCESS,
        /** By name and password. */
        AUTHENTICATION,
        /** There are as many as there may be. */
        LIMIT,
        /** It took too long. */
        TIMEOUT,
        /** A module cannot be used, or its early command said no. */
        MODULE
    }

    /**
     * What a transfer came to.
     *
     * @param sending files went to the client
     * @param sent bytes
     * @param received bytes
     * @param files whose content was transferred
     */
    record Outcome(
            String module, boolean sending, ExitCode code, long sent, long received, long files, Duration duration) {}
}
