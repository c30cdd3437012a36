/**
 * Typed Linux system calls for x86-64 and aarch64, kernel 5.10 or newer. File names are kernel bytes (a {@code byte[]}
 * without NUL); every failure is a {@link io.sluice.linux.SystemCallException}; calls that were interrupted by a signal
 * are repeated.
 */
@NullMarked
package io.sluice.linux;

import org.jspecify.annotations.NullMarked;
