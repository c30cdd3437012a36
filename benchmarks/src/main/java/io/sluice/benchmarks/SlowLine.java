package io.sluice.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A line to a port of the loopback address on which each connection has so many bytes a second, in each direction. */
final class SlowLine implements AutoCloseable {
    private static final int PIECE = 32 * 1024;

    private final ServerSocket entrance;
    private final int exit;
    private final long bytesPerSecond;

    private SlowLine(ServerSocket entrance, int exit, long bytesPerSecond) {
        this.entrance = entrance;
        this.exit = exit;
        this.bytesPerSecond = bytesPerSecond;
    }

    static SlowLine to(int port, long bytesPerSecond) throws IOException {
        ServerSocket entrance = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        SlowLine line = new SlowLine(entrance, port, bytesPerSecond);
        Thread.ofPlatform().daemon().name("slow line").start(line::serve);
        return line;
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void serve() {
        while (!entrance.isClosed()) {
            try {
                Socket here = entrance.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), exit);
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> carry(here, there));
                Thread.ofPlatform().daemon().start(() -> carry(there, here));
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long free = System.nanoTime();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
                free = Math.max(free, System.nanoTime()) + count * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
                LockSupport.parkNanos(free - System.nanoTime());
            }
            to.shutdownOutput(); // the other direction may have more to carry
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
