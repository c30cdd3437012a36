/** The network's edge: accepting, and the lines that are exchanged until a connection is let into a module. */
@NullMarked
package io.sluice.daemon.net;

import org.jspecify.annotations.NullMarked;
