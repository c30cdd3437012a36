package io.sluice.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A daemon of either program on a free loopback port, with the modules a test writes. */
public final class DaemonProcess implements AutoCloseable {
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long DUMP_SECONDS = 2;
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Columns of proc_net_tcp(5). */
    private static final int LOCAL_ADDRESS = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;

    private static final String LISTENING = "0A";
    private static final String NOBODYS = "0"; // closed by its process, or not accepted yet

    private final Path home;
    private final int port;
    private final List<String> command;
    private Process process;

    private DaemonProcess(Path home, int port, List<String> command) throws IOException {
        this.home = home;
        this.port = port;
        this.command = List.copyOf(command);
        this.process = launch();
    }

    /**
     * Starts a daemon and waits until it accepts connections.
     *
     * @param modules the sections of its rsyncd.conf; {@code @HOME@} becomes {@code home}, where {@code secrets} has user {@code web1user}
     */
    public static DaemonProcess start(Program program, Path home, String modules) throws IOException {
        program.assumeInstalled();
        Path configuration = prepare(home, modules);
        int port = freePort();
        return started(home, port, program.daemon(configuration, port));
    }

    /** As {@link #start}, but an ordinary user starts it, and owns what is in {@code home} then. */
    public static DaemonProcess startByOrdinaryUser(Program program, Path home, String modules) throws IOException {
        Path configuration = prepare(home, modules);
        OrdinaryUser.give(home);
        int port = freePort();
        return started(home, port, OrdinaryUser.daemon(program, configuration, port));
    }

    private static Path prepare(Path home, String modules) throws IOException {
        Files.createDirectories(home);
        Path secrets = home.resolve("secrets");
        Files.writeString(secrets, "web1user:" + Processes.PASSWORD + "\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Path configuration = home.resolve("rsyncd.conf");
        return Files.writeString(configuration, configuration(home, modules));
    }

    private static DaemonProcess started(Path home, int port, List<String> command) throws IOException {
        DaemonProcess daemon = new DaemonProcess(home, port, command);
        daemon.awaitReady();
        return daemon;
    }

    private static String configuration(Path home, String modules) {
        return globals(home) + modules.replace("@HOME@", home.toString());
    }

    /** Gives it other modules, which count from the next connection on. */
    void configure(String modules) throws IOException {
        Path next = Files.writeString(home.resolve("rsyncd.conf.next"), configuration(home, modules));
        Files.move(next, home.resolve("rsyncd.conf"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("output").toFile())
                .start();
    }

    /** Starts it anew, on the same port, after {@link #stop} or {@link #kill}. */
    void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Kills it, so that it cannot do anything any more (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** It, and what it started for connections. */
    List<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** Sends a signal to it and to what it started. */
    void signal(String name) throws IOException, InterruptedException {
        for (ProcessHandle each : processes()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(each.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("/dev/null").toFile())
                    .start()
                    .waitFor();
        }
    }

    private static String globals(Path home) {
        String identity = "root".equals(System.getProperty("user.name")) ? "uid = root\ngid = root\n" : "";
        return identity + "use chroot = no\npid file = " + home + "/pid\nlog file = " + home + "/log\nlock file = "
                + home + "/lock\n";
    }

    /** A port of the loopback address that nobody has at this moment. */
    static int freePort() throws IOException {
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

    public int port() {
        return port;
    }

    /** {@code rsync://web1user@127.0.0.1:port/path}. */
    public String url(String path) {
        return "rsync://web1user@127.0.0.1:" + port + "/" + path;
    }

    /** A figure of {@code /proc/PID/status}. */
    long status(String field) throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + field + " of process " + process.pid());
    }

    /** How many of its threads serve connections that are past the conversation, or wait for a hook. */
    long transferThreads() throws IOException {
        try (Stream<Path> threads = Files.list(proc("task"))) {
            return threads.map(thread -> read(thread.resolve("comm")))
                    .filter(name -> name.matches("(?s)(transfer|rsync|hook)-.*"))
                    .count();
        }
    }

    /**
     * How many sockets of connections to its port it has open. Its others (those that listen, those of its event loops) do not count: it opens them when it
     * comes to them, which may be after it answers.
     */
    long connections() throws IOException {
        long count = 0;
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(proc(table))) {
                String[] columns = line.strip().split("\\s+", -1);
                boolean ours = columns[LOCAL_ADDRESS].endsWith(String.format(":%04X", port));
                if (ours && !LISTENING.equals(columns[STATE]) && !NOBODYS.equals(columns[INODE])) {
                    count++;
                }
            }
        }
        return count;
    }

    /** How many sockets of any kind it has open. */
    long sockets() throws IOException {
        return descriptors("socket:");
    }

    /** How many files below {@code root}, or that directory itself, it has open. */
    long files(Path root) throws IOException {
        return descriptors(root.toString());
    }

    private long descriptors(String prefix) throws IOException {
        try (Stream<Path> open = Files.list(proc("fd"))) {
            return open.map(DaemonProcess::target)
                    .filter(target -> target.startsWith(prefix))
                    .count();
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    /** Empty for what has ended meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Its log so far. */
    public String log() throws IOException {
        Path log = home.resolve("log");
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    }

    /** Whether it is at a transfer, or a process that it started, for a connection or as a hook, is running: then its log and its trees may change yet. */
    public boolean isBusy() throws IOException {
        return process.children().findAny().isPresent() || transferThreads() > 0;
    }

    /** Waits until it is at nothing any more. A client ends when it knows all that it needs to, which may be before its daemon does. */
    public void awaitRest() throws IOException {
        long deadline = System.nanoTime() + REST_NANOS;
        while (isBusy()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the daemon is busy still: " + log() + threads());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** What a daemon of ours is at, thread by thread, as the JVM writes it on SIGQUIT. */
    private String threads() throws IOException {
        try {
            signal("QUIT");
            process.waitFor(DUMP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Files.readString(home.resolve("output"));
    }

    @Override
    public void close() {
        stop();
    }

    /** Asks it to end (SIGTERM) and waits until it did; one that does not is killed. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
