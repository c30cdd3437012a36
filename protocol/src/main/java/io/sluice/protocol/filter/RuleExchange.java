package io.sluice.protocol.filter;

/**
 * When rules travel, as both ends of a transfer know it.
 *
 * @param deleting the receiver deletes, or prunes empty directories: only then does it need rules
 * @param deleteExcluded {@code --delete-excluded}: rules that name no side are the sender's
 * @param local the two ends are one program's: each has every rule, as that also decides about names of attributes
 */
public record RuleExchange(boolean deleting, boolean deleteExcluded, boolean local) {}
