package io.sluice.watcher.inotifytools;

import java.util.List;

/** Notes what goes wrong. */
record RecordedTroubles(List<String> all) implements EventSource.Troubles {
    @Override
    public void cannotWatch(String directory, String reason) {
        all.add(directory + ": " + reason);
    }

    @Override
    public void overflow() {
        all.add("overflow");
    }
}
