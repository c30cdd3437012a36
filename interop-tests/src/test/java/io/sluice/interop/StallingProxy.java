package io.sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.IntConsumer;

/** A TCP relay to a daemon that can be told to carry nothing for a while, at once or when it has carried a number of bytes to the daemon. */
final class StallingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int daemonPort;
    private boolean stalled;
    private long left = Long.MAX_VALUE;

    StallingProxy(int daemonPort) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.daemonPort = daemonPort;
        Thread.ofPlatform().daemon().name("stalling-proxy").start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void stall() {
        stalled = true;
    }

    /** Stalls when it has carried so many more bytes to the daemon. */
    synchronized void stallAfter(long bytes) {
        left = bytes;
    }

    synchronized boolean isStalled() {
        return stalled;
    }

    private synchronized void carried(int bytes) {
        left -= bytes;
        if (left <= 0) {
            left = Long.MAX_VALUE;
            stalled = true;
        }
    }

    synchronized void goOn() {
        stalled = false;
        left = Long.MAX_VALUE;
        notifyAll();
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket daemon = new Socket(InetAddress.getLoopbackAddress(), daemonPort);
                Thread.ofPlatform().daemon().start(() -> relay(client, daemon, this::carried));
                Thread.ofPlatform().daemon().start(() -> relay(daemon, client, bytes -> {}));
            } catch (IOException e) {
                // Closed by the test, or the daemon is down: then the client hears nothing.
            }
        }
    }

    private void relay(Socket from, Socket to, IntConsumer counter) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                counter.accept(read);
                awaitPassage();
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One end is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        goOn();
        server.close();
    }
}
