package io.sluice.client.parallel;

import io.sluice.client.PasswordSource;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the clients of one transfer's sessions, which can be broken off together. The daemon is heard once, and a password asked for once. */
public final class Sessions {
    private final RsyncClientBuilder settings;
    private final Consumer<Session> negotiated;
    private final AtomicReference<@Nullable Session> first = new AtomicReference<>();
    private final List<RsyncClient> clients = new ArrayList<>();
    private boolean aborted;

    /**
     * What all sessions share.
     *
     * @param settings of each client; what is below takes the place of theirs
     * @param passwords asked if the daemon wants one
     * @param negotiated is told what the first session agreed on
     * @param messages gets the daemon's text of the day
     */
    public Sessions(
            RsyncClientBuilder settings,
            PasswordSource passwords,
            Consumer<Session> negotiated,
            Consumer<byte[]> messages) {
        this.negotiated = negotiated;
        this.settings = settings.copy()
                .passwords(new RememberedPassword(passwords))
                .negotiated(this::negotiated)
                .daemonMessages(line -> {
                    if (!haveBegun()) {
                        messages.accept(line);
                    }
                });
    }

    private void negotiated(Session session) {
        if (first.compareAndSet(null, session)) {
            negotiated.accept(session);
        }
    }

    /** Whether the daemon has taken one. */
    boolean haveBegun() {
        return first.get() != null;
    }

    /** Whether what was agreed on lets a session transfer entries without the directories that lead to them. */
    boolean takeNames() {
        Session session = first.get();
        return session != null && session.version().mayOmitParents();
    }

    /** With the filters of the transfer. */
    RsyncClient client(TransferOptions options, TransferListener listener) {
        return opened(settings.copy().options(options).listener(listener));
    }

    /** With none: for names that have passed them. */
    RsyncClient clientOfNames(TransferOptions options, TransferListener listener) {
        return opened(settings.copy().options(options).listener(listener).filters(FilterList.EMPTY));
    }

    private synchronized RsyncClient opened(RsyncClientBuilder builder) {
        RsyncClient client = builder.build();
        clients.add(client);
        if (aborted) {
            client.abort();
        }
        return client;
    }

    synchronized void abort() {
        aborted = true;
        clients.forEach(RsyncClient::abort);
    }
}
