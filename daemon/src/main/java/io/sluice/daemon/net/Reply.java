package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * What a {@link Conversation} wants done after a step.
 *
 * @param text to send, perhaps empty
 * @param next what then
 */
record Reply(byte[] text, Next next) {
    /** What follows the text. */
    sealed interface Next {}

    /** Wait for the peer. */
    record Listen() implements Next {}

    /** End the connection. */
    record HangUp() implements Next {}

    /** Leave the connection to a transfer. */
    record HandOver(Admission admission) implements Next {}

    /**
     * Something of the daemon's own that may take as long as it likes: to be done where it keeps nobody else waiting, and the peer is given no less
     * time for it.
     */
    record Aside(Step step) implements Next {}

    /** Another step at once, which may take long. */
    record GoOn(Step step) implements Next {}

    /** Something that asks {@code source}, as one of the lookups of the peer's network. It takes of the peer's time. */
    record LookUp(Source source, InetAddress peer, Step step) implements Next {}

    /** Who may be slow to answer. */
    enum Source {
        /** About hosts. */
        RESOLVER,
        /** About users and groups. */
        ACCOUNTS
    }

    /** One thing to do in the conversation. */
    interface Step {
        Reply take() throws IOException;
    }

    static Reply listen(String text) {
        return new Reply(text.getBytes(StandardCharsets.UTF_8), new Listen());
    }

    /** Nothing to say yet. */
    static Reply next(Next next) {
        return new Reply(new byte[0], next);
    }

    static Reply hangUp(String text) {
        return new Reply(text.getBytes(StandardCharsets.UTF_8), new HangUp());
    }
}
