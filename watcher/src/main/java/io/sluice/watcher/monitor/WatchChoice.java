package io.sluice.watcher.monitor;

import java.io.IOException;

/** Finds the best way to watch a tree among those that the settings and the system allow. */
class WatchChoice {
    private static final byte[] ROOT = {};

    private final int maxWatches;
    private final boolean pairs;
    private String why = "";
    private boolean told;

    WatchChoice() {
        this(Integer.MAX_VALUE, true);
    }

    /**
     * One for tests.
     *
     * @param maxWatches of inotify, at most
     * @param pairs whether fanotify may tell both names of a rename at once
     */
    WatchChoice(int maxWatches, boolean pairs) {
        this.maxWatches = maxWatches;
        this.pairs = pairs;
    }

    /** Is given each watch before it begins. */
    @FunctionalInterface
    interface Candidate {
        void is(TreeWatch watch) throws IOException;
    }

    /** Why what was begun last is not the best there is. */
    String why() {
        return why;
    }

    /** Begins to watch a root that was adopted. */
    TreeWatch begin(MonitorRoot root, MonitorSettings settings, ChangeListener listener, Candidate candidate)
            throws IOException {
        why = "";
        MonitorKind kind = settings.kind();
        if (kind == MonitorKind.POLL) {
            return begun(new PollingWatch(settings, listener), candidate);
        }
        if (kind != MonitorKind.INOTIFY) {
            TreeWatch fanotify = new FanotifyWatch(root, settings, pairs, listener);
            try {
                return begun(fanotify, candidate);
            } catch (UnsuitableException e) {
                fanotify.close();
                why = String.valueOf(e.getMessage());
            }
        }
        TreeWatch inotify = begun(new InotifyWatch(root, settings, maxWatches, listener), candidate);
        tellWhatIsMissing(root, settings, listener);
        return inotify;
    }

    private static TreeWatch begun(TreeWatch watch, Candidate candidate) throws IOException {
        candidate.is(watch);
        watch.begin();
        return watch;
    }

    /** Nobody misses fanotify who did not ask for it. */
    private void tellWhatIsMissing(MonitorRoot root, MonitorSettings settings, ChangeListener listener) {
        boolean executions = settings.wants(MonitorSettings.Extra.EXECUTION);
        if (told || !(executions || settings.kind() == MonitorKind.FANOTIFY)) {
            return;
        }
        told = true;
        String reason = why.isEmpty() ? "not asked for" : why;
        String loss = executions ? "; the start and end of programs is not told" : "";
        String message = "fanotify of " + root.shown() + ": " + reason + " (inotify is used instead" + loss + ")";
        listener.trouble(new Trouble(Trouble.Kind.FALLBACK, ROOT, message));
    }
}
