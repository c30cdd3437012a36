/** How whoever started the daemon, such as systemd, hands it sockets and hears how it is. */
@NullMarked
package io.sluice.daemon.service;

import org.jspecify.annotations.NullMarked;
