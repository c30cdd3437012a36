/**
 * The commands {@code inotifywait} and {@code inotifywatch} with the options, texts and exit codes of inotify-tools.
 *
 * <p>Names, formats and patterns are bytes; they are kept as strings with one character per byte.
 */
@NullMarked
package io.sluice.watcher.inotifytools;

import org.jspecify.annotations.NullMarked;
