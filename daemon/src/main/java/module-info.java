/** rsyncd: configuration, access, authentication, modules, network. */
module io.sluice.daemon {
    requires transitive io.sluice.protocol;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.haproxy;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.apache.commons.codec;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.sluice.daemon;
}
