package io.sluice.interop.parity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.interop.DaemonProcess;
import io.sluice.interop.LongAgo;
import io.sluice.interop.Processes;
import io.sluice.interop.Program;
import io.sluice.interop.TreeRemoval;
import io.sluice.interop.TreeSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** One daemon that serves a group of scenarios, and what each came to with it. */
final class Bench implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final String FIRST = "the-first-connection";

    /** Files of every scenario, long ago; those of the module are older than the client's. */
    private static final Map<String, String> FILES = Map.of(
            "m/a", "module's a",
            "m/b.o", "module's b",
            "m/sub/c", "module's c",
            "m/sub/deep/e", "module's e",
            "m/with space", "module's space",
            "s/a", "client's a, which is longer",
            "s/new", "client's new",
            "s/sub/c", "client's c, which is longer",
            "s/sub/f.o", "client's f");

    private final Program program;
    private final Group group;
    private final Path home;
    private final long begin = System.currentTimeMillis() / 1000 - 1;
    private final DaemonProcess daemon;
    private int logged;

    /** Starts a daemon with a module for each scenario. */
    Bench(Program program, Group group, Path home) throws IOException, InterruptedException {
        this.program = program;
        this.group = group;
        this.home = Files.createDirectories(home);
        prepare(group.prepare(), home, group.name());
        StringBuilder modules = new StringBuilder(group.globals().replace("@H", home.toString())).append("\n");
        for (Scenario scenario : group.scenarios()) {
            Files.createDirectories(place(scenario)); // a part of the configuration may be named by way of it
            String own = inside(scenario, scenario.module());
            String path =
                    own.lines().anyMatch(line -> line.startsWith("path =")) ? "" : "path = " + place(scenario) + "/m\n";
            modules.append("[")
                    .append(module(scenario))
                    .append("]\n")
                    .append(path)
                    .append(own)
                    .append("\n");
        }
        daemon = group.starter() == Group.Starter.ORDINARY_USER
                ? DaemonProcess.startByOrdinaryUser(program, home, modules.toString())
                : DaemonProcess.start(program, home, modules.toString());
        settle();
    }

    /** Waits until the log tells of a connection, and so of those before it. */
    private void settle() throws IOException {
        exchange(group.opening() + "@RSYNCD: 31.0\n" + FIRST + "\n");
        Pattern settled = Pattern.compile(group.settled().isEmpty() ? FIRST : group.settled(), Pattern.DOTALL);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!settled.matcher(daemon.log()).find()) {
            if (System.nanoTime() > end) {
                throw new IOException(group + ": the first connection is not logged: " + daemon.log());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        daemon.awaitRest();
        turnPage();
    }

    private String module(Scenario scenario) {
        return "mod" + group.scenarios().indexOf(scenario);
    }

    private Path place(Scenario scenario) {
        return home.resolve(module(scenario));
    }

    /** A text of a scenario, as this daemon's clients have to say it. */
    private String placed(Scenario scenario, String text) {
        return inside(scenario, text.replace("@M", daemon.url(module(scenario))).replace("@U/", daemon.url("")));
    }

    private String inside(Scenario scenario, String text) {
        return text.replace("@N", module(scenario))
                .replace("@H", place(scenario).toString());
    }

    /** Runs all steps to their end. */
    Ran run(Scenario scenario) throws IOException, InterruptedException {
        Path place = make(scenario);
        Masking masking = new Masking(home.toString(), daemon.port(), begin);
        List<String> said = new ArrayList<>();
        List<Socket> held = new ArrayList<>();
        try {
            for (Scenario.Step step : scenario.steps()) {
                switch (step) {
                    case Scenario.Step.Client client -> said.addAll(client(scenario, place, client.words(), masking));
                    case Scenario.Step.Shell shell ->
                        said.addAll(shell(scenario, place, placed(scenario, shell.script()), masking));
                    case Scenario.Step.Bytes bytes ->
                        said.addAll(masking.conversation(exchange(placed(scenario, bytes.text()))));
                    case Scenario.Step.Held hold -> {
                        held.add(connect());
                        said.addAll(masking.lines(converse(held.getLast(), placed(scenario, hold.text()))));
                    }
                }
                if (held.isEmpty()) {
                    daemon.awaitRest(); // it is done, and has logged so, before the next one begins
                }
            }
        } finally {
            for (Socket each : held) {
                release(each);
            }
        }
        daemon.awaitRest();
        return new Ran(scenario, said, masking);
    }

    /** Lets a held connection end as one that asks for nothing. */
    private static void release(Socket held) throws IOException {
        try (held) {
            held.getOutputStream().write(0);
            held.shutdownOutput();
            held.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // It has been closed already.
        }
    }

    private Path make(Scenario scenario) throws IOException, InterruptedException {
        Path place = place(scenario);
        TreeRemoval.remove(place); // what a run before left
        Files.createDirectories(place.resolve("d"));
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        LongAgo.set(place);
        prepare(placed(scenario, scenario.prepare()), place, scenario.name());
        return place;
    }

    private static void prepare(String script, Path directory, String name) throws IOException, InterruptedException {
        if (!script.isEmpty()) {
            Program.Run run = Processes.run(List.of("sh", "-ec", script), directory);
            if (run.exitCode() != 0) {
                throw new IOException(name + ": " + run.err());
            }
        }
    }

    private List<String> client(Scenario scenario, Path place, String words, Masking masking)
            throws IOException, InterruptedException {
        String[] arguments = placed(scenario, words).split(" ", -1);
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].replace('_', ' ');
        }
        Program.Run run = Program.RSYNC.run(place, arguments);
        List<String> lines = describe(run, masking);
        lines.removeIf(Masking::isReset);
        if (scenario.cutOff() && run.exitCode() != 0) {
            lines.removeIf(Masking::isLastWord);
            lines.set(lines.size() - 1, "fails");
        }
        return lines;
    }

    private List<String> shell(Scenario scenario, Path place, String script, Masking masking)
            throws IOException, InterruptedException {
        List<String> lines = describe(Processes.run(List.of("sh", "-c", placed(scenario, script)), place), masking);
        lines.removeIf(Masking::isReset);
        return lines;
    }

    private static List<String> describe(Program.Run run, Masking masking) {
        List<String> lines = new ArrayList<>();
        masking.lines(run.out()).forEach(line -> lines.add("out " + line));
        masking.lines(run.err()).forEach(line -> lines.add("err " + line));
        lines.add("ends with " + run.exitCode());
        return lines;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private String exchange(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = connect()) {
            say(socket, text);
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException e) {
                // It has been closed before all was read, as it may be. What came before counts.
            }
        }
        return answer.toString(ISO_8859_1);
    }

    private static void say(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.shutdownOutput();
        } catch (SocketException e) {
            // It has been closed by one who has heard enough; what was answered is to be read.
        }
    }

    /** Says something and takes one line for the greeting, and one for each line but the first. */
    private static String converse(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        StringBuilder said = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (long left = text.lines().count(); left > 0; ) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            said.append((char) next);
            left -= next == '\n' ? 1 : 0;
        }
        return said.toString();
    }

    /** Steps that are done, and nothing changes the trees any more; the daemon may still be at the log of a conversation that led to nothing. */
    final class Ran {
        private final Scenario scenario;
        private final List<String> said;
        private final Masking masking;

        Ran(Scenario scenario, List<String> said, Masking masking) {
            this.scenario = scenario;
            this.said = said;
            this.masking = masking;
        }

        /** All that has been said, and what is logged and left at this moment. */
        Observation observe() throws IOException {
            List<String> left = new ArrayList<>();
            TreeSnapshot.of(place(scenario))
                    .forEach((name, what) -> left.add(masking.line(name) + " " + masking.entry(what)));
            return new Observation(said, masking.log(daemon.log().substring(logged)), left);
        }
    }

    /** What has been logged until now belongs to what was asked until now. */
    void turnPage() throws IOException {
        logged = daemon.log().length();
    }

    @Override
    public String toString() {
        return program.name();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
