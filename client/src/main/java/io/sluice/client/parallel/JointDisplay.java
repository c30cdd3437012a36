package io.sluice.client.parallel;

import io.sluice.client.command.ByteText;
import io.sluice.client.parallel.TransferPlan.PlannedFile;
import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes one account of a transfer out of those of its sessions: each item is told once, when it was done, as the plan had it. What goes wrong before the
 * last session is not told: that one meets it again, or it was none.
 */
final class JointDisplay {
    private final TransferListener shown;
    private final TransferPlan plan;
    private final List<Flow> flows = new ArrayList<>();
    private final Set<String> moved = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> made = new HashSet<>();

    JointDisplay(TransferListener shown, TransferPlan plan) {
        this.shown = shown;
        this.plan = plan;
    }

    /** Whether the sessions so far made {@code directory}, if it was missing. */
    synchronized boolean isThere(String directory) {
        return made.contains(directory) || !plan.missingDirectories().contains(directory);
    }

    /** What of {@code files} did not arrive yet. */
    synchronized List<PlannedFile> missing(List<PlannedFile> files) {
        return files.stream().filter(file -> !moved.contains(file.path())).toList();
    }

    /**
     * Hears the session that makes missing directories.
     *
     * @param toldOfDestination that a missing destination is made, is told
     */
    TransferListener directories(boolean toldOfDestination) {
        return new Flow() {
            @Override
            public void item(Item item) {
                madeDirectory(item);
            }

            @Override
            public void notice(Notice notice) {
                if (toldOfDestination && notice.severity() == Notice.Severity.INFO) {
                    shown.notice(notice);
                }
            }
        };
    }

    private synchronized void madeDirectory(Item item) {
        boolean done = (item.flags() & (ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW)) != 0;
        String path = ByteText.of(item.path());
        if (done && isDirectory(item) && made.add(path)) {
            touched.add(TransferPlan.parent(path));
            shown.item(item);
        }
    }

    /** That session had no trouble: also those directories are there whose making is no news. */
    synchronized void allDirectoriesMade() {
        made.addAll(plan.missingDirectories());
    }

    /** Hears one session that transfers a share. */
    TransferListener share() {
        return new Flow();
    }

    /** The file whose content flows in one session. */
    private class Flow implements TransferListener {
        private long size;
        private long offset;

        Flow() {
            synchronized (JointDisplay.this) {
                flows.add(this);
            }
        }

        @Override
        public void transferStarted(Item item) {
            synchronized (JointDisplay.this) {
                size = item.size();
                offset = 0;
            }
        }

        @Override
        public void transferProgress(long reached, long whole) {
            synchronized (JointDisplay.this) {
                offset = reached;
                progress();
            }
        }

        @Override
        public void transferEnded(Item item, boolean complete) {
            synchronized (JointDisplay.this) {
                size = 0;
                offset = 0;
                if (complete) {
                    ended(item);
                }
            }
        }
    }

    private void progress() {
        long offsets = 0;
        long sizes = 0;
        for (Flow flow : flows) {
            offsets += flow.offset;
            sizes += flow.size;
        }
        shown.jointProgress(offsets, sizes);
    }

    private void ended(Item item) {
        String path = ByteText.of(item.path());
        if (moved.add(path)) {
            touched.add(TransferPlan.parent(path));
            int left = plan.files().size() - moved.size();
            Item placed = new PlacedItem(item, item.flags(), Math.max(0, plan.entries() - 1 - left));
            shown.item(placed);
            shown.transferStarted(placed);
            shown.transferEnded(placed, true);
        }
    }

    /** Hears the session that does the whole transfer, of which much is done. */
    TransferListener last() {
        return new Last();
    }

    private final class Last implements TransferListener {
        @Override
        public void item(Item item) {
            synchronized (JointDisplay.this) {
                String path = ByteText.of(item.path());
                boolean content = (item.flags() & ItemFlags.TRANSFER) != 0;
                if (isDirectory(item)) {
                    directory(item, path);
                } else if (content || !moved.contains(path)) {
                    shown.item(item);
                }
            }
        }

        @Override
        public void deleted(byte[] path, boolean directory) {
            shown.deleted(path, directory);
        }

        @Override
        public void transferStarted(Item item) {
            shown.transferStarted(item);
        }

        @Override
        public void transferProgress(long offset, long size) {
            shown.transferProgress(offset, size);
        }

        @Override
        public void transferEnded(Item item, boolean complete) {
            shown.transferEnded(item, complete);
        }

        @Override
        public void notice(Notice notice) {
            shown.notice(notice);
        }

        @Override
        public void finished(TransferStatistics statistics) {
            shown.finished(statistics);
        }
    }

    /** The time of a directory that a session worked in has changed by that, and is set again: only what the plan had is news. */
    private void directory(Item item, String path) {
        if (made.contains(path)) {
            return;
        }
        int planned = plan.flagsOf(path);
        if (!touched.contains(path)) {
            shown.item(item);
        } else if (planned != 0) {
            shown.item(new PlacedItem(item, planned, item.place()));
        }
    }

    private static boolean isDirectory(Item item) {
        return (item.mode() & FileMode.TYPE_MASK) == FileMode.DIRECTORY;
    }
}
