/** A module in use: as whom and under which rules a connection works in its tree, and the transfer itself. */
@NullMarked
package io.sluice.daemon.module;

import org.jspecify.annotations.NullMarked;
