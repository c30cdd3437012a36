package io.sluice.daemon.module;

import java.time.Duration;
import java.util.Optional;

/** How a peer that was let into a module comes in once more, on the connection that it has. */
public interface Readmission {
    /** How long from now on it may. */
    Duration left();

    /**
     * Opens the module for another request of the same user.
     *
     * @return empty if the peer has to come by a new connection, which is told what is to be told
     */
    Optional<Admission> admit(Admission.Arguments arguments);
}
