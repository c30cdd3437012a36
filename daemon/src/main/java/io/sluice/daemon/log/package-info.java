/** The log in the layout of rsync's daemon: files, lines, and the {@code log format} of a transferred file. */
@NullMarked
package io.sluice.daemon.log;

import org.jspecify.annotations.NullMarked;
