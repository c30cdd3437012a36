/** {@code rsyncd.conf} as immutable records: what a daemon and each of its modules were told. */
@NullMarked
package io.sluice.daemon.config;

import org.jspecify.annotations.NullMarked;
