/** How mirrors stand and what changes, told over HTTP and in a terminal. */
@org.jspecify.annotations.NullMarked
package io.sluice.watcher.status;
