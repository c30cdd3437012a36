package io.sluice.interop;

import io.sluice.protocol.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Ends TLS in front of a plain daemon, as stunnel does, with the JDK's own sockets. */
final class TlsFront implements AutoCloseable {
    private final SSLServerSocket server;
    private final int daemonPort;

    /** @param version the only one that it speaks */
    TlsFront(int daemonPort, TlsIdentity identity, String version) throws IOException {
        this.daemonPort = daemonPort;
        this.server = (SSLServerSocket)
                context(identity).getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {version});
        Thread.ofPlatform().daemon().name("tls-front").start(this::serve);
    }

    private static SSLContext context(TlsIdentity identity) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
            store.setKeyEntry("own", identity.key(), new char[0], chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                Thread.ofPlatform().daemon().start(() -> relay(client));
            } catch (IOException e) {
                // Closed by the test.
            }
        }
    }

    private void relay(SSLSocket client) {
        try (client;
                Socket daemon = new Socket(InetAddress.getLoopbackAddress(), daemonPort)) {
            client.startHandshake();
            Thread back = Thread.ofPlatform().daemon().start(() -> copy(daemon, client));
            copy(client, daemon);
            back.join();
        } catch (IOException e) {
            // A client that does not like our certificate.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput(); // for TLS it says so to the other end
        } catch (IOException e) {
            // The other direction has ended the connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
