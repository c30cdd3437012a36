package io.sluice.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One web node: a {@code sluice daemon} with its own rsyncd.conf, user and secrets file, on a free loopback port. */
final class WebNode implements AutoCloseable {
    static final String MODULE = "www";
    static final String USER = "publisher";
    static final String PASSWORD = "for this demo only";

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final String name;
    private final Path tree;
    private final int port;
    private final ServiceProcess process;

    private WebNode(String name, Path tree, int port, ServiceProcess process) {
        this.name = name;
        this.tree = tree;
        this.port = port;
        this.process = process;
    }

    static WebNode start(Path home, String name) throws IOException {
        Path tree = Files.createDirectories(home.resolve("wwwroot"));
        int port = freePort();
        Path secrets = home.resolve("rsyncd.secrets");
        Files.writeString(secrets, USER + ":" + PASSWORD + "\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Path configuration = home.resolve("rsyncd.conf");
        Files.writeString(configuration, configuration(home, tree, secrets, port));
        ServiceProcess process = ServiceProcess.start(
                home.resolve("output.log"), "daemon", "--config", configuration.toString(), "--no-detach");
        WebNode node = new WebNode(name, tree, port, process);
        node.awaitReady();
        return node;
    }

    private static String configuration(Path home, Path tree, Path secrets, int port) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return """
                address = 127.0.0.1
                port = %d
                use chroot = no
                munge symlinks = no
                pid file = %s
                log file = %s
                %s
                [%s]
                path = %s
                comment = demo web root
                read only = no
                list = no
                hosts allow = 127.0.0.1
                hosts deny = *
                auth users = %s
                secrets file = %s
                """.formatted(
                        port,
                        home.resolve("rsyncd.pid"),
                        home.resolve("rsyncd.log"),
                        root ? "uid = root\ngid = root\n" : "",
                        MODULE,
                        tree,
                        USER,
                        secrets);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String log = process.log();
                process.close();
                throw new IOException(name + " did not start; its output: " + log);
            }
            LockSupport.parkNanos(RETRY.toNanos());
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

    String name() {
        return name;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Where the mirror pushes to. */
    String url() {
        return "rsync://" + USER + "@" + address() + "/" + MODULE + "/";
    }

    /** The directory that the node's web server would serve. */
    Path tree() {
        return tree;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
