/** rsync's command line: options in popt's habits, operands, password files, help. */
@NullMarked
package io.sluice.client.command;

import org.jspecify.annotations.NullMarked;
