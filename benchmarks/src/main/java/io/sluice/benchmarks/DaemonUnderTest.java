package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A daemon on a free loopback port whose one module, {@code bench}, is a directory. */
final class DaemonUnderTest implements AutoCloseable {
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Workspace workspace;
    private final Process process;
    private final Path home;
    private final int port;
    private Optional<SlowLine> line = Optional.empty();

    private DaemonUnderTest(Workspace workspace, Process process, Path home, int port) {
        this.workspace = workspace;
        this.process = process;
        this.home = home;
        this.port = port;
    }

    /**
     * Starts a daemon and waits until it accepts connections.
     *
     * @param name of its own directory in the workspace
     * @param module the directory it serves
     * @param rate bytes a second for each connection; 0 = no limit
     * @throws IOException with what it printed, if it does not start
     */
    static DaemonUnderTest start(Workspace workspace, Program program, String name, Path module, long rate)
            throws IOException {
        Path home = Files.createDirectories(workspace.path(name));
        Path configuration = Files.writeString(home.resolve("rsyncd.conf"), configuration(home, module));
        int port = freePort();
        Process process = workspace.start(new ProcessBuilder(program.daemon(configuration, port))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("output").toFile()));
        DaemonUnderTest daemon = new DaemonUnderTest(workspace, process, home, port);
        daemon.awaitReady();
        if (rate > 0) {
            daemon.line = Optional.of(SlowLine.to(port, rate));
        }
        return daemon;
    }

    private static String configuration(Path home, Path module) {
        String identity = "root".equals(System.getProperty("user.name")) ? "uid = root\ngid = root\n" : "";
        return identity + "use chroot = no\nread only = no\npid file = " + home + "/pid\nlog file = " + home
                + "/log\nlock file = " + home + "/lock\n[bench]\npath = " + module + "\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY_NANOS;
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("daemon did not start: " + Files.readString(home.resolve("output")));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /** {@code path} in its module, for an rsync client. */
    String url(String path) {
        return "rsync://127.0.0.1:" + line.map(SlowLine::port).orElse(port) + "/bench/" + path;
    }

    @Override
    public void close() {
        line.ifPresent(SlowLine::close);
        workspace.end(process);
    }
}
