package io.sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A TCP relay to a daemon, for any number of connections, each of which can be made to break after a number of bytes. */
final class FaultyProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int daemonPort;
    private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();

    FaultyProxy(int daemonPort) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.daemonPort = daemonPort;
        Thread.ofPlatform().daemon().name("faulty-proxy").start(this::serve);
    }

    /**
     * Where a connection ends.
     *
     * @param toDaemon bytes after which it resets the connection, of those that the client sends
     * @param toClient the same of those that the daemon sends
     */
    record Cut(long toDaemon, long toClient) {
        static final Cut NEVER = new Cut(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Breaks one more of the connections to come. */
    void cut(Cut cut) {
        cuts.add(cut);
    }

    /** Breaks none any more. */
    void heal() {
        cuts.clear();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Cut cut = cuts.poll();
                Thread.ofPlatform().daemon().start(() -> relay(client, cut == null ? Cut.NEVER : cut));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void relay(Socket client, Cut cut) {
        try (client;
                Socket daemon = new Socket()) {
            client.setSoLinger(true, 0); // closing resets
            daemon.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), daemonPort));
            daemon.setSoLinger(true, 0);
            client.setTcpNoDelay(true);
            daemon.setTcpNoDelay(true);
            Thread back = Thread.ofPlatform().daemon().start(() -> carry(daemon, client, cut.toClient));
            carry(client, daemon, cut.toDaemon);
            back.join();
        } catch (IOException e) {
            // One of the ends gave up, or the daemon is down: the other end sees a reset.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to, long limit) {
        byte[] buffer = new byte[65536];
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
            from.close();
            to.close();
        } catch (IOException e) {
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket from, Socket to) {
        try (from;
                to) {
            return;
        } catch (IOException e) {
            // Neither is of use any more.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
