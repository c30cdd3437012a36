/** Pushes what changes in a tree to its replicas, each on its own: {@link Mirror}. */
@NullMarked
package io.sluice.watcher.mirror;

import org.jspecify.annotations.NullMarked;
