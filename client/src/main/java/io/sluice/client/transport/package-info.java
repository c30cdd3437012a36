/** The ways to a peer: a daemon by TCP, a remote shell, a process, or the other side in this process. */
@NullMarked
package io.sluice.client.transport;

import org.jspecify.annotations.NullMarked;
