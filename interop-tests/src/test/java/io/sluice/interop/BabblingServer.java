package io.sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What is no rsync daemon, or one gone mad: says the same to everybody, then random bytes, and reads whatever comes. */
final class BabblingServer implements AutoCloseable {
    private static final int GARBAGE = 100_000;

    private final ServerSocket server;
    private final byte[] first;
    private int connections;

    BabblingServer(int port, String first) throws IOException {
        this.server = new ServerSocket();
        this.first = first.getBytes(StandardCharsets.US_ASCII);
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofPlatform().daemon().name("babbling-server").start(this::serve);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                int seed = connections++;
                Thread.ofPlatform().daemon().start(() -> babble(client, seed));
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void babble(Socket client, int seed) {
        byte[] garbage = new byte[GARBAGE];
        new Random(seed).nextBytes(garbage);
        try (client) {
            OutputStream out = client.getOutputStream();
            out.write(first);
            out.write(garbage);
            client.shutdownOutput();
            InputStream in = client.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client has hung up, as it should.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
