package io.sluice.watcher.monitor;

/**
 * Something that keeps a monitor from seeing all. What it may have missed is told as {@link ChangeKind#SUBTREE}.
 *
 * @param kind which
 * @param path the directory concerned, as in {@link Change}
 * @param message for people: what, where, what to do
 */
public record Trouble(Kind kind, byte[] path, String message) {
    /** Kinds of trouble. */
    public enum Kind {
        /** Events were lost; all was looked at anew. */
        OVERFLOW,
        /** Some directories cannot be watched; they are looked at regularly instead. */
        WATCH_LIMIT,
        /** What is watched is not watched by the means asked for, or no more by the one it was. */
        FALLBACK,
        /** The root is not there. Nothing is told until it is back. */
        ROOT_GONE,
        /** The root is back, or another one is in its place. */
        ROOT_BACK,
        /** A directory cannot be read. */
        UNREADABLE
    }
}
