/** The client's side of the rsync protocol: command, API and transports. */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
