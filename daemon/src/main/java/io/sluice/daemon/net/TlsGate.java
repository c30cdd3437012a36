package io.sluice.daemon.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sluice.protocol.tls.CertificateNames;
import io.sluice.protocol.tls.TlsFailure;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Begins the conversation once TLS stands, in what is left of the time for both. Its methods run on the channel's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails ends in channelInactive
final class TlsGate extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private final Next next;
    private final PeerDeadline deadline = new PeerDeadline();

    /** What comes of a handshake. */
    interface Next {
        /**
         * TLS stands.
         *
         * @param certificate the name in the client's certificate, if it has one and shows it
         * @param left of the time for the conversation
         */
        ConversationHandler begin(Optional<String> certificate, Duration left);

        /** TLS does not come about. */
        void failed(String reason);
    }

    TlsGate(Duration limit, Next next) {
        this.limit = limit;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline.set(context, limit);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
            return;
        }
        Duration left = deadline.cancel();
        if (!handshake.isSuccess()) {
            next.failed(reason(handshake.cause()));
            context.close();
            return;
        }
        SSLSession session = context.pipeline().get(SslHandler.class).engine().getSession();
        context.pipeline().addLast(next.begin(certificate(session), left));
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private static String reason(Throwable cause) {
        return cause instanceof SSLException failure
                ? String.valueOf(TlsFailure.of(failure).getMessage())
                : String.valueOf(cause.getMessage());
    }

    private static Optional<String> certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? CertificateNames.commonName(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean told = cause instanceof DecoderException; // which a handshake that failed is, too
        if (!told && !(cause instanceof IOException)) {
            next.failed(String.valueOf(cause.getMessage()));
        }
        context.close();
    }
}
