/** Batch files: the flags they begin with, the file, and the script that replays it. */
@NullMarked
package io.sluice.client.batch;

import org.jspecify.annotations.NullMarked;
