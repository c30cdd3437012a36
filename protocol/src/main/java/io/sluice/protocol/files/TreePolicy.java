package io.sluice.protocol.files;

/** How symlinks on the way to a name are treated; the kernel applies it in the call that uses the name. */
public enum TreePolicy {
    /** Followed only while they stay beneath the root. */
    CONFINED,
    /** Resolved as if the root were {@code /}. */
    ROOTED,
    /** A path the operator named: followed only if owned by root or by us. */
    OPERATOR,
    /** Followed wherever they lead, because the user asked for that. */
    FREE
}
