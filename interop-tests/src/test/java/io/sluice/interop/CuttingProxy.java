package io.sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP relay to a daemon that carries a number of bytes to the client or from it, and then resets the connection on both sides. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int daemonPort;
    private final long toDaemon;
    private final long toClient;

    /**
     * @param toDaemon bytes after which it cuts what the client sends
     * @param toClient bytes after which it cuts what the daemon sends
     */
    CuttingProxy(int daemonPort, long toDaemon, long toClient) throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.daemonPort = daemonPort;
        this.toDaemon = toDaemon;
        this.toClient = toClient;
        Thread.ofPlatform().daemon().name("cutting-proxy").start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept();
                Socket daemon = new Socket(InetAddress.getLoopbackAddress(), daemonPort)) {
            client.setSoLinger(true, 0); // closing resets
            daemon.setSoLinger(true, 0);
            Thread back = Thread.ofPlatform().daemon().start(() -> relay(daemon, client, toClient));
            relay(client, daemon, toDaemon);
            cut(client, daemon);
            back.join();
        } catch (IOException e) {
            // Closed by the test, or by an end that gave up first: both are ends of the relay.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cut(Socket one, Socket other) throws IOException {
        one.close();
        other.close();
    }

    private static void relay(Socket from, Socket to, long limit) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (long left = limit; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    to.shutdownOutput();
                    return;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            cut(from, to);
        } catch (IOException e) {
            // The other direction was cut.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
