/** Sluice and the real rsync as each other's peers: every program at either end, over loopback, on real trees. */
@NullMarked
package io.sluice.interop;

import org.jspecify.annotations.NullMarked;
