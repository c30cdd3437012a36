/** One transfer by several connections to a daemon. */
@NullMarked
package io.sluice.client.parallel;

import org.jspecify.annotations.NullMarked;
