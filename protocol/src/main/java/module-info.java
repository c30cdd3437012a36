/** The rsync wire format and the transfer engine: sender, generator, receiver. */
module io.sluice.protocol {
    requires transitive io.sluice.linux;
    requires com.dynatrace.hash4j;
    requires com.github.luben.zstd_jni;
    requires org.bouncycastle.provider;
    requires org.lz4.java;
    requires static transitive org.jspecify;

    exports io.sluice.protocol;
    exports io.sluice.protocol.checksum;
    exports io.sluice.protocol.config;
    exports io.sluice.protocol.delta;
    exports io.sluice.protocol.event;
    exports io.sluice.protocol.filelist;
    exports io.sluice.protocol.files;
    exports io.sluice.protocol.filter;
    exports io.sluice.protocol.options;
    exports io.sluice.protocol.session;
    exports io.sluice.protocol.tls;
    exports io.sluice.protocol.transfer;
    exports io.sluice.protocol.wire;
}
