/** What operators see of a running daemon: metrics, and the connections that there are. */
@NullMarked
package io.sluice.daemon.monitor;

import org.jspecify.annotations.NullMarked;
