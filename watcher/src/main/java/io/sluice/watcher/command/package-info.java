/** The {@code sluice mirror} command. */
@NullMarked
package io.sluice.watcher.command;

import org.jspecify.annotations.NullMarked;
