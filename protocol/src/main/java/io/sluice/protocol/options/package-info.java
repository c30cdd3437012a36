/** The options of a transfer as immutable records, and their form on a server's command line. */
@NullMarked
package io.sluice.protocol.options;

import org.jspecify.annotations.NullMarked;
