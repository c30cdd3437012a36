package io.sluice.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Whoever runs the tests or, if that is root, somebody without rights. */
final class OrdinaryUser {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final int ID = 65_534;
    private static final int OTHER = 12_345;
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private OrdinaryUser() {}

    /** What says in a module that its files are handled by this user. */
    static String module() {
        return ROOT ? "uid = " + ID + "\ngid = " + ID + "\n" : "";
    }

    /** Runs a client to its end. */
    static Program.Run run(Program program, Path directory, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = asThisUser(program);
        command.addAll(arguments);
        return Processes.run(command, directory);
    }

    /** The command line that starts a daemon as this user. */
    static List<String> daemon(Program program, Path configuration, int port) {
        List<String> command = asThisUser(program);
        command.addAll(List.of(
                "--daemon", "--no-detach", "--config=" + configuration, "--port=" + port, "--address=127.0.0.1"));
        return command;
    }

    private static List<String> asThisUser(Program program) {
        List<String> command = rsync(program);
        if (ROOT) {
            Assumptions.assumeTrue(
                    Files.isExecutable(SETPRIV), "left out: setpriv is not installed (package util-linux)");
            command.addAll(0, List.of(SETPRIV.toString(), "--reuid=" + ID, "--regid=" + ID, "--clear-groups"));
        }
        return command;
    }

    /** The command line of an rsync client or server that this user can start. */
    static List<String> rsync(Program program) {
        program.assumeInstalled();
        if (!ROOT || program == Program.RSYNC) {
            return program.rsync();
        }
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                ReadableJars.CLASS_PATH,
                "io.sluice.app.Main",
                "rsync"));
    }

    /** What is tested lies where only root can read it, perhaps: copies are for everybody. */
    private static final class ReadableJars {
        static final String CLASS_PATH = copy();

        private static String copy() {
            try {
                Path directory = Files.createTempDirectory("sluice-jars");
                TreeRemoval.removeAtEnd(directory);
                letIn(directory);
                List<String> copies = new ArrayList<>();
                String classPath = System.getProperty("java.class.path");
                for (String entry : List.of(classPath.split(File.pathSeparator, -1))) {
                    Path original = Path.of(entry);
                    if (Files.isRegularFile(original)) {
                        Path copy = Files.copy(original, directory.resolve(copies.size() + ".jar"));
                        Files.setAttribute(copy, "unix:mode", 0644);
                        copies.add(copy.toString());
                    } else {
                        copies.add(entry);
                    }
                }
                return String.join(File.pathSeparator, copies);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Gives a tree, and the way to it, to this user. */
    static void give(Path tree) throws IOException {
        if (ROOT) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.toList()) {
                    chown(path, ID);
                }
            }
        }
    }

    /** Lets this user search a directory that a test was given. */
    static void letIn(Path directory) throws IOException {
        Files.setAttribute(directory, "unix:mode", 0711);
    }

    /** Gives one name to somebody else, if there is anybody else. */
    static void giveAway(Path path) throws IOException {
        if (ROOT) {
            chown(path, OTHER);
        }
    }

    private static void chown(Path path, int id) throws IOException {
        Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
    }
}
