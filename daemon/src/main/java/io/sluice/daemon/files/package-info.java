/** The daemon's own files: those that its configuration names, the lock file that counts connections, the pid file. */
@NullMarked
package io.sluice.daemon.files;

import org.jspecify.annotations.NullMarked;
