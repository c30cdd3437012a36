package io.sluice.watcher.monitor;

/** What is known to have happened to a path. Several may come in one {@link Change}. */
public enum ChangeKind {
    /** The content is as its writer left it: closed after writing, moved here, or a kind of file nobody writes to. */
    CONTENT_COMPLETE,
    /** The content changes and the writer has not closed it. {@link #CONTENT_COMPLETE} follows, unless it is lost. */
    CONTENT_GROWING,
    /** Mode, owner, times, extended attributes or the number of links. */
    ATTRIBUTES,
    /** The name is new here. */
    CREATED,
    /** The name is gone from here, and all that was below it. */
    REMOVED,
    /** Anything may have happened to the path and to whatever is below it. */
    SUBTREE
}
