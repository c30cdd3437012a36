package io.sluice.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP proxy for one connection, which leads to one port whatever it is asked for. */
final class ProxyServer implements AutoCloseable {
    private final ServerSocket server;
    private final int port;
    private volatile String asked = "";

    ProxyServer(int port) throws IOException {
        this.port = port;
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("proxy").start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The first line of the request. */
    String asked() {
        return asked;
    }

    private void serve() {
        try (Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // The client waits for the answer before it sends more, so that the reader takes nothing but the request.
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            asked = String.valueOf(request.readLine());
            while (!String.valueOf(request.readLine()).isEmpty()) {
                // The rest of the header.
            }
            client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread back = Thread.ofPlatform().daemon().start(() -> copy(target, client));
            copy(client, target);
            back.join();
        } catch (IOException e) {
            // Closed by an end of the connection, or by the test.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // The other direction has ended the connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
