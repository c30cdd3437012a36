/**
 * The rsync wire protocol and its transfer engine: no sockets, no command line, no printing.
 *
 * <p>This package holds what every part shares: exit codes and the exceptions that carry them.
 */
@NullMarked
package io.sluice.protocol;

import org.jspecify.annotations.NullMarked;
