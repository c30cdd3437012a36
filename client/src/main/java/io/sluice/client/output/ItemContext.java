package io.sluice.client.output;

/**
 * What an item's line depends on besides the item.
 *
 * @param local both sides are this process: everything is shown as received
 * @param preserveTimes {@code -t}
 * @param symlinkTimes the receiving end can set a symlink's times
 */
public record ItemContext(boolean local, boolean preserveTimes, boolean symlinkTimes) {}
