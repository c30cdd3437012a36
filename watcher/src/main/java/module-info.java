/** What changed in a tree, and the mirror that pushes it to every replica. */
module io.sluice.watcher {
    requires transitive io.sluice.client;
    requires static transitive org.jspecify;

    exports io.sluice.watcher.mirror;
    exports io.sluice.watcher.monitor;
}
