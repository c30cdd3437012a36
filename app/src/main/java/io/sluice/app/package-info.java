/** The {@code sluice} command: it picks the subcommand and leaves the rest to the other modules. */
@NullMarked
package io.sluice.app;

import org.jspecify.annotations.NullMarked;
