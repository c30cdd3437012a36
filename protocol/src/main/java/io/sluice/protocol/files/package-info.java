/** Every file operation of the engine, relative to an open directory and confined by the kernel. */
@NullMarked
package io.sluice.protocol.files;

import org.jspecify.annotations.NullMarked;
