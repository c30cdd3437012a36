/** Looks at what a mirror needs on this host and at its replicas, and says what to do about what is missing. */
@NullMarked
package io.sluice.watcher.doctor;

import org.jspecify.annotations.NullMarked;
