/** The {@code rsync} command and the client API, with its transports. */
@SuppressWarnings("module") // who depends on this one is compiled later
module io.sluice.client {
    requires transitive io.sluice.protocol;
    requires org.apache.commons.codec;
    requires static transitive org.jspecify;

    exports io.sluice.client;
    exports io.sluice.client.command to
            io.sluice.watcher;
    exports io.sluice.client.output to
            io.sluice.watcher;
}
