/** What a transfer tells its caller while it runs, and the figures at its end. */
@NullMarked
package io.sluice.protocol.event;

import org.jspecify.annotations.NullMarked;
