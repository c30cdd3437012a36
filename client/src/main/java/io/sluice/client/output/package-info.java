/** What the {@code rsync} command shows, in rsync's words: names, itemized lines, listings, progress, summaries, log files. */
@NullMarked
package io.sluice.client.output;

import org.jspecify.annotations.NullMarked;
