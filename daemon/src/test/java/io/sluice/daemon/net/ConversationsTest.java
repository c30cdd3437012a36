package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private final Conversations conversations = new Conversations(2);

    /** Otherwise peers that only hold their places would keep all others out. */
    @Test
    void theOldestGoesWhenThereIsNoRoom() {
        EmbeddedChannel first = added();
        EmbeddedChannel second = added();
        EmbeddedChannel third = added();
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
        assertThat(third.isOpen()).isTrue();
        assertThat(conversations.count()).isEqualTo(2);
    }

    @Test
    void whoIsClosedOrServedTakesNoRoom() {
        EmbeddedChannel first = added();
        EmbeddedChannel second = added();
        conversations.remove(first);
        var _ = second.close();
        assertThat(conversations.count()).isZero();
        added();
        added();
        assertThat(first.isOpen()).isTrue();
    }

    @Test
    void allEndTogether() {
        EmbeddedChannel first = added();
        EmbeddedChannel second = added();
        conversations.close();
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isFalse();
    }

    private EmbeddedChannel added() {
        EmbeddedChannel channel = new EmbeddedChannel();
        conversations.add(channel);
        return channel;
    }
}
