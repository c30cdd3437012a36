/** The {@code rsync} command and the client API, with its transports. */
module io.sluice.client {
    requires transitive io.sluice.protocol;
    requires org.apache.commons.codec;
    requires static transitive org.jspecify;

    exports io.sluice.client;
}
