/** What changed in a tree, and the mirror that pushes it to every replica. */
@NullMarked
package io.sluice.watcher;

import org.jspecify.annotations.NullMarked;
