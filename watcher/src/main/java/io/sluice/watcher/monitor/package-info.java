/** What changed in a tree, from the kernel: {@link FileMonitor} and its inotify implementation. */
@NullMarked
package io.sluice.watcher.monitor;

import org.jspecify.annotations.NullMarked;
