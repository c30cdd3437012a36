package io.sluice.watcher.monitor;

/**
 * What is known to have happened to a path. Several may come in one {@link Change}, in no order: what was both created
 * and removed may be there or not.
 */
public enum ChangeKind {
    /** The content is as its writer left it: closed after writing, moved here, or a kind of file nobody writes to. */
    CONTENT_COMPLETE,
    /** The content changes and the writer has not closed it. {@link #CONTENT_COMPLETE} follows, unless it is lost. */
    CONTENT_GROWING,
    /** Mode, owner, times, extended attributes or the number of links. */
    ATTRIBUTES,
    /** The name is new here. */
    CREATED,
    /** A file was moved here by a rename, over whatever had the name before. With {@link #CREATED}. */
    ARRIVED,
    /** The name is gone from here, and all that was below it. */
    REMOVED,
    /** Anything may have happened to the path and to whatever is below it. */
    SUBTREE,
    /**
     * The name is excluded, and what happens to it does not matter; what happened to the file matters if it has, or had, names that are not. With what happened;
     * only if {@link MonitorSettings.Extra#EXCLUDED_FILES} was asked for.
     */
    EXCLUDED,
    /** It is there, at the start; only if {@link MonitorSettings.Extra#EXISTING} was asked for. */
    EXISTS,
    /** A program of this file began to run; only if {@link MonitorSettings.Extra#EXECUTION} was asked for. */
    EXECUTION_STARTED,
    /**
     * A program of this file that was told as started has ended, as far as the kernel tells: one that others run too has
     * ended with the last of them, and a script is over for the kernel when its interpreter has it.
     */
    EXECUTION_STOPPED
}
