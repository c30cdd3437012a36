/** The daemon held to rsync's own: whatever a client asks, both must do, say and log the same, or the difference has a reason and a row. */
@NullMarked
package io.sluice.interop.parity;

import org.jspecify.annotations.NullMarked;
