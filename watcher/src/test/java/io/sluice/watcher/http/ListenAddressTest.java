package io.sluice.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of addresses, those that are none among them. */
class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "8730, 127.0.0.1:8730",
        ":8730, 127.0.0.1:8730",
        "publish:8730, publish:8730",
        "0.0.0.0:0, 0.0.0.0:0",
        "[::1]:65535, [::1]:65535"
    })
    void readsHostAndPort(String text, String meant) {
        assertThat(ListenAddress.parse(text)).get().hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "publish", "::1:8730", "publish:65536", "publish:", "a b:1", "publish:-1", "[x]:1"})
    void refusesTheRest(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }
}
