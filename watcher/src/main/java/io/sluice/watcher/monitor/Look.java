package io.sluice.watcher.monitor;

/**
 * How a scan looks at a directory.
 *
 * @param always lists it even if it is known where it is found
 * @param tell what is in it is told if it is listed
 */
record Look(boolean always, boolean tell) {
    /** Lists a directory that is new here, and tells. */
    static final Look IF_NEW = new Look(false, true);

    /** Lists a directory that is new here; its whole subtree is told by the caller. */
    static final Look IF_NEW_SILENT = new Look(false, false);

    /** Lists it and all below it, and tells. */
    static final Look TELLING = new Look(true, true);

    /** Lists it and all below it; its whole subtree is told by the caller. */
    static final Look SILENT = new Look(true, false);
}
