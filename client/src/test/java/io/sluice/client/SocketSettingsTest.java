package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words of --sockopts; what is set is read back from a socket whose defaults are different. */
class SocketSettingsTest {
    @Test
    void readsSwitchesSizesAndServices() {
        SocketSettings settings = SocketSettings.parse("TCP_NODELAY=0, SO_SNDBUF=4096x\tIPTOS_LOWDELAY,,SO_KEEPALIVE");
        assertThat(settings.numbers())
                .isEqualTo(Map.of("TCP_NODELAY", 0, "SO_SNDBUF", 4096, "IPTOS_LOWDELAY", 1, "SO_KEEPALIVE", 1));
        assertThat(settings.complaints()).isEmpty();
    }

    @Test
    void tellsWhatItDoesNotKnowAndGoesOn() {
        SocketSettings settings = SocketSettings.parse("SO_FOO=1,IPTOS_THROUGHPUT=2,SO_REUSEADDR,SO_SNDTIMEO=3");
        assertThat(settings.complaints())
                .containsExactly(
                        "Unknown socket option SO_FOO", "syntax error -- IPTOS_THROUGHPUT does not take a value");
        assertThat(settings.numbers()).containsOnlyKeys("IPTOS_THROUGHPUT", "SO_REUSEADDR");
    }

    @Test
    void setsThem() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
            SocketSettings.parse("SO_KEEPALIVE,IPTOS_THROUGHPUT").applyTo(channel);
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(8);
        }
    }
}
