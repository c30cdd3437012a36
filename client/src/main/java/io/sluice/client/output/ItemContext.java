package io.sluice.client.output;

import io.sluice.protocol.session.ChecksumType;

/**
 * What an item's line depends on besides the item.
 *
 * @param local both sides are this process: everything is shown as received
 * @param preserveTimes {@code -t}
 * @param symlinkTimes the receiving end can set a symlink's times
 * @param sum the kind of the content sums that are shown
 */
public record ItemContext(boolean local, boolean preserveTimes, boolean symlinkTimes, ChecksumType sum) {
    /** With the sums that two of today's ends choose. */
    public ItemContext(boolean local, boolean preserveTimes, boolean symlinkTimes) {
        this(local, preserveTimes, symlinkTimes, ChecksumType.XXH128);
    }
}
