/** How whoever started the daemon, such as systemd, hands it sockets. */
@NullMarked
package io.sluice.daemon.service;

import org.jspecify.annotations.NullMarked;
