/** What changed in a tree, and the mirror that pushes it to every replica. */
@SuppressWarnings("module") // who depends on this one is compiled later
module io.sluice.watcher {
    requires transitive io.sluice.client;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires java.net.http;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires static transitive org.jspecify;

    exports io.sluice.watcher.command to
            io.sluice.app;
    exports io.sluice.watcher.inotifytools to
            io.sluice.app;
    exports io.sluice.watcher.mirror;
    exports io.sluice.watcher.monitor;
    exports io.sluice.watcher.status to
            io.sluice.app;
}
