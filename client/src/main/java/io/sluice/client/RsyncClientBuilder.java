package io.sluice.client;

import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.LinkWitness;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.transfer.PublishGate;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects an {@link RsyncClient}'s settings; everything has a default. */
public final class RsyncClientBuilder {
    TransferOptions options = TransferOptions.DEFAULT;
    ConnectionOptions connection = ConnectionOptions.DEFAULT;
    FilterList filters = FilterList.EMPTY;
    byte[] cvsPatterns = {};
    TransferListener listener = TransferListener.NONE;
    PasswordSource passwords = user -> new byte[0];
    String user = "nobody";
    Consumer<byte[]> daemonMessages = line -> {};
    Consumer<byte[]> narration = line -> {};
    Consumer<Session> negotiated = session -> {};
    Optional<BatchOutput> batch = Optional.empty();
    PublishGate gate = PublishGate.OPEN;
    LinkWitness linked = LinkWitness.NONE;
    Optional<KeptConnections> kept = Optional.empty();
    SharedEncodings shared = SharedEncodings.NONE;

    RsyncClientBuilder() {}

    private RsyncClientBuilder(RsyncClientBuilder other) {
        options = other.options;
        connection = other.connection;
        filters = other.filters;
        cvsPatterns = other.cvsPatterns;
        listener = other.listener;
        passwords = other.passwords;
        user = other.user;
        daemonMessages = other.daemonMessages;
        narration = other.narration;
        negotiated = other.negotiated;
        batch = other.batch;
        gate = other.gate;
        linked = other.linked;
        kept = other.kept;
        shared = other.shared;
    }

    /** Returns another one with the same settings. */
    public RsyncClientBuilder copy() {
        return new RsyncClientBuilder(this);
    }

    /** What is done, and how. */
    public RsyncClientBuilder options(TransferOptions value) {
        options = value;
        return this;
    }

    /** How peers are reached. */
    public RsyncClientBuilder connection(ConnectionOptions value) {
        connection = value;
        return this;
    }

    /** The rules of {@code --filter}, {@code --exclude} and their like. */
    public RsyncClientBuilder filters(FilterList value) {
        filters = value;
        return this;
    }

    /** Patterns, separated by white space, that {@code -C} has besides those of CVS itself; by default none. */
    public RsyncClientBuilder cvsPatterns(byte[] value) {
        cvsPatterns = value.clone();
        return this;
    }

    /** Who is told while it goes on. */
    public RsyncClientBuilder listener(TransferListener value) {
        listener = value;
        return this;
    }

    /** Who is asked for a password; by default it is empty. */
    public RsyncClientBuilder passwords(PasswordSource value) {
        passwords = value;
        return this;
    }

    /** Who logs in to daemons when the location does not say; by default {@code nobody}. */
    public RsyncClientBuilder user(String value) {
        user = value;
        return this;
    }

    /** Who gets a daemon's text of the day or its list of modules, a line at a time, without newlines. */
    public RsyncClientBuilder daemonMessages(Consumer<byte[]> value) {
        daemonMessages = value;
        return this;
    }

    /** Who gets lines about how the peer is reached, if the options want any ({@code --debug=CMD,CONNECT}). */
    public RsyncClientBuilder narration(Consumer<byte[]> value) {
        narration = value;
        return this;
    }

    /** Who is told what was negotiated, before the file list travels. */
    public RsyncClientBuilder negotiated(Consumer<Session> value) {
        negotiated = value;
        return this;
    }

    /** Where a transfer is recorded. */
    public RsyncClientBuilder batch(BatchOutput value) {
        batch = Optional.of(value);
        return this;
    }

    /** Who decides, in a push with {@code --delay-updates}, when the receiver puts files in their places; by default at once. */
    public RsyncClientBuilder publishing(PublishGate value) {
        gate = value;
        return this;
    }

    /** Who hears, in a push, of files that have several names; called by the transfer's thread. */
    public RsyncClientBuilder showingLinks(LinkWitness value) {
        linked = value;
        return this;
    }

    /** Where the connections of pushes to daemons stay until the next one; by default each is closed. */
    public RsyncClientBuilder keeping(KeptConnections value) {
        kept = Optional.of(value);
        return this;
    }

    /** What this client and others that push the same files encode once for all, if it was told of several; by default nothing. */
    public RsyncClientBuilder sharing(SharedEncodings value) {
        shared = value;
        return this;
    }

    public RsyncClient build() {
        return new RsyncClient(new RsyncClientBuilder(this));
    }
}
