/** Commands of the administrator around a connection: {@code early exec}, {@code pre-xfer exec}, {@code post-xfer exec}. */
@NullMarked
package io.sluice.daemon.hook;

import org.jspecify.annotations.NullMarked;
