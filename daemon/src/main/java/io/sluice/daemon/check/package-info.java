/** {@code sluice daemon --check}: what is wrong with a configuration, where, and what in it is dangerous. */
@NullMarked
package io.sluice.daemon.check;

import org.jspecify.annotations.NullMarked;
