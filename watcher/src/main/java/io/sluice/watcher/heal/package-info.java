/** Compares replicas with their source by checksum, and heals what differs. */
@NullMarked
package io.sluice.watcher.heal;

import org.jspecify.annotations.NullMarked;
