/** The daemon's side of the rsync protocol: configuration, access, authentication and modules. */
@NullMarked
package io.sluice.daemon;

import org.jspecify.annotations.NullMarked;
