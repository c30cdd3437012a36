/**
 * Pushes what changes in a tree to its replicas, each on its own: {@link io.sluice.watcher.mirror.Mirror}.
 *
 * <p>An event only says where to look. What it says of content, which sizes and times need not show, is kept until that has
 * been compared:
 *
 * <pre>
 * what is known                                     how it is pushed
 * nothing: at the start, after an overflow          by size and time ({@code SUBTREES}, {@code WHOLE})
 * a file was written to, or renamed to its name     whatever size and time say ({@code WRITTEN}), also below what is
 *                                                   pushed as a whole, and then after it
 * a name stands for another directory than before,  by checksum ({@code COMPARED})
 * or for too many changes to remember each
 * a file was changed by one of several names        under all names that it has, though that one be gone
 * </pre>
 *
 * <p>What no event tells waits for {@code verify interval}: content of the same size and time that was written while the
 * mirror was dead or after the kernel's queue ran over, or through a mapping of memory; and a change by one of several
 * names of a file that is gone before its event is read, if no session, plan or event has seen the file under that path (by
 * fanotify, the path has its directories where they are by then), or through a descriptor whose name is gone.
 *
 * <p>All that waits goes by {@link java.lang.System#nanoTime}, so that a clock that is set changes nothing; times of files
 * are only compared with one another.
 */
@NullMarked
package io.sluice.watcher.mirror;

import org.jspecify.annotations.NullMarked;
