/** The list of files as both sides hold it, in columns, and its form on the wire. */
@NullMarked
package io.sluice.protocol.filelist;

import org.jspecify.annotations.NullMarked;
