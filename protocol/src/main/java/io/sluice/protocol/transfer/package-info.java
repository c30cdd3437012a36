/** The three roles of a transfer (sender, generator, receiver) and the two sides that run them. */
@NullMarked
package io.sluice.protocol.transfer;

import org.jspecify.annotations.NullMarked;
