/** Who a peer is, and whether its address lets it use a module. */
@NullMarked
package io.sluice.daemon.access;

import org.jspecify.annotations.NullMarked;
