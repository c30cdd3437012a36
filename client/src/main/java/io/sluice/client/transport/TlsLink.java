package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.Location;
import io.sluice.client.TlsOptions;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.tls.TlsContext;
import io.sluice.protocol.tls.TlsException;
import io.sluice.protocol.tls.TlsIdentity;
import io.sluice.protocol.tls.TlsStreams;
import io.sluice.protocol.tls.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** TLS on another link, whatever carries that: a socket, a proxy's tunnel, a program. */
final class TlsLink implements Link {
    /** For our last word to be sent, when nobody waits for anything any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Link under;
    private final TlsStreams streams;
    private final String where;

    private TlsLink(Link under, TlsStreams streams, String where) {
        this.under = under;
        this.streams = streams;
        this.where = where;
    }

    /** Reads the files of {@code options}, before anything is connected. */
    static TlsContext context(TlsOptions options) throws IOException {
        TlsTrust trust = options.authorities().isPresent()
                ? TlsTrust.read(options.authorities().get())
                : TlsTrust.ofRuntime();
        Optional<TlsIdentity> identity = Optional.empty();
        if (options.certificate().isPresent()) {
            byte[] certificate = options.certificate().get();
            identity = Optional.of(TlsIdentity.read(certificate, options.key().orElse(certificate)));
        }
        return TlsContext.ofClient(identity, trust);
    }

    /**
     * Begins TLS.
     *
     * @param under closed if that fails
     * @param limit for the handshake
     * @throws TransferException with code 5 and what to do if the other end is not whom we want or has no TLS
     */
    static TlsLink open(Link under, TlsContext context, Location.Daemon daemon, HandshakeLimit limit)
            throws IOException {
        String where = daemon.host() + ":" + daemon.portToUse();
        String host = daemon.host().split("%", 2)[0]; // no certificate knows an interface of ours
        TlsStreams streams =
                new TlsStreams(context.clientEngine(host, daemon.portToUse()), under.input(), under.output());
        try (HandshakeLimit.Watch watch = limit.watch(under)) {
            try {
                streams.handshake();
            } catch (IOException e) {
                watch.throwIfPassed(e);
                throw e;
            }
            return new TlsLink(under, streams, where);
        } catch (TlsException e) {
            under.close();
            throw explained(where, e);
        } catch (TransferException e) {
            under.close();
            throw e;
        } catch (IOException e) {
            under.close();
            throw new TransferException(ExitCode.SOCKET_IO, "TLS with " + where + ": " + SystemErrors.describe(e), e);
        }
    }

    private static ClientException explained(String where, TlsException failure) {
        String advice = switch (failure.kind()) {
            case NOT_TLS -> " (expected: the TLS port of a daemon; without TLS it is rsync://)";
            case UNTRUSTED -> " (--tls-ca=FILE names the authority to trust)";
            case OTHER_HOST -> " (expected: one for the host that was named)";
            case OUT_OF_TIME -> " (expected: one that is valid now; is the clock right?)";
            case OUR_CERTIFICATE -> " (--tls-cert=FILE and --tls-key=FILE name a certificate that it accepts)";
            case REFUSED, CUT, OTHER -> "";
        };
        return new ClientException(
                failure.kind() == TlsException.Kind.CUT ? ExitCode.SOCKET_IO : ExitCode.START_CLIENT,
                "rsync: TLS with " + where + ": " + failure.getMessage() + advice,
                failure);
    }

    @Override
    public InputStream input() {
        return streams.input();
    }

    @Override
    public OutputStream output() {
        return streams.output();
    }

    /** In TLS 1.3 a client hears only after the handshake that its certificate is not accepted. */
    @Override
    public TransferException explain(TransferException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TlsException tls && tls.kind() == TlsException.Kind.OUR_CERTIFICATE) {
                return explained(where, tls);
            }
        }
        return under.explain(failure);
    }

    @Override
    public void close() throws IOException {
        try {
            streams.end(PATIENCE);
        } finally {
            under.close();
        }
    }
}
