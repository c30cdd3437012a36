/** Block sums, the search for matching blocks, and the token stream with its compressions. */
@NullMarked
package io.sluice.protocol.delta;

import org.jspecify.annotations.NullMarked;
