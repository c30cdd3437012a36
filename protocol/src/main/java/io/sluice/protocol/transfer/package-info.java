/**
 * The three roles of a transfer (sender, generator, receiver) and the two sides that run them.
 *
 * <p>What {@code --debug} asks for is told by the {@code …Trace} classes, in rsync's words. Some of its lines are not told. They are about things that there
 * are not here: memory and hash tables ({@code HASH}, the growth of lists, the sizes of structures), buffers ({@code IO}), the numbered lists of
 * merge files and where they are put on and taken off ({@code FILTER2}), implied includes ({@code FILTER3}), each offset of a search
 * ({@code DELTASUM4}). Or nobody tells them yet: {@code BIND}, {@code EXIT3}, and what a daemon would only log: {@code PROTO}, {@code NSTR}.
 * A figure of hash hits is that of our own tables, {@code CHDIR} tells which directories paths are relative to, {@code EXIT} has neither file nor line, a
 * module is shown as its own root, a sender tells of links when a segment travels and not as it is made, and whom users and groups are is told once, by the
 * role that reads the list.
 */
@NullMarked
package io.sluice.protocol.transfer;

import org.jspecify.annotations.NullMarked;
