package io.sluice.daemon.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.sluice.daemon.config.Words;
import io.sluice.daemon.log.Log;
import java.util.Locale;
import java.util.Map;

/** {@code socket options}: what an administrator wants set for each connection, in rsync's names, such as {@code TCP_NODELAY=0, SO_SNDBUF=65536}. */
final class SocketOptions {
    private static final int LOW_DELAY = 0x10;
    private static final int THROUGHPUT = 0x08;

    private static final Map<String, ChannelOption<Boolean>> SWITCHES = Map.of(
            "SO_KEEPALIVE", ChannelOption.SO_KEEPALIVE,
            "SO_REUSEADDR", ChannelOption.SO_REUSEADDR,
            "TCP_NODELAY", ChannelOption.TCP_NODELAY);

    private static final Map<String, ChannelOption<Integer>> SIZES =
            Map.of("SO_SNDBUF", ChannelOption.SO_SNDBUF, "SO_RCVBUF", ChannelOption.SO_RCVBUF);

    private static final Map<String, Integer> SERVICES =
            Map.of("IPTOS_LOWDELAY", LOW_DELAY, "IPTOS_THROUGHPUT", THROUGHPUT);

    private SocketOptions() {}

    /** Applies {@code options} to the connections that will be accepted; logs those that cannot be had. */
    static void apply(String options, ServerBootstrap bootstrap, Log log) {
        for (String option : Words.bySpace(options.replace(',', ' '))) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            apply(name, equals < 0 ? 1 : number(option.substring(equals + 1)), equals >= 0, bootstrap, log);
        }
    }

    private static void apply(String name, int value, boolean given, ServerBootstrap bootstrap, Log log) {
        ChannelOption<Boolean> flag = SWITCHES.get(name);
        ChannelOption<Integer> size = SIZES.get(name);
        Integer service = SERVICES.get(name);
        if (flag != null) {
            bootstrap.childOption(flag, value != 0);
        } else if (size != null && value >= 0) {
            bootstrap.childOption(size, value);
        } else if (service != null) {
            if (given) {
                log.warning("syntax error -- " + name + " does not take a value");
            }
            bootstrap.childOption(ChannelOption.IP_TOS, service);
        } else if (name.matches("SO_(BROADCAST|SNDLOWAT|RCVLOWAT|SNDTIMEO|RCVTIMEO)") || size != null) {
            log.warning("failed to set socket option " + name + ": Protocol not available (92)");
        } else {
            log.warning("Unknown socket option " + name);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip().toLowerCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
