package io.sluice.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * How Sluice is started here: as by {@code bin/sluice}, with the ahead-of-time cache of its entry point, in a heap of 256 MiB. The caches are made of the very
 * jars under test when the first process of an entry point starts, and go when the tests end; hundreds of processes then start in about half the time. The
 * second compiler stays out: in a life of seconds it costs more than it saves.
 */
final class Launch {
    private static final String MAIN = "io.sluice.app.Main";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** An ahead-of-time cache takes no directories; where Sluice's classes are in one, there is none. */
    private static final List<String> JARS = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .toList();

    private static final boolean HAS_CLASSES_IN_DIRECTORIES = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .anyMatch(entry -> entry.endsWith("/target/classes"));

    private static final Map<String, List<String>> CACHES = new ConcurrentHashMap<>();

    private Launch() {}

    /** The command line that starts Sluice with these words; the first may be an entry point that has a cache. */
    static List<String> command(String... words) {
        boolean hasCache = words.length > 0 && (words[0].equals("rsync") || words[0].equals("daemon"));
        List<String> command = options();
        command.addAll(hasCache ? CACHES.computeIfAbsent(words[0], Launch::makeCache) : classPath());
        command.add(MAIN);
        command.addAll(List.of(words));
        return command;
    }

    private static List<String> options() {
        return new ArrayList<>(List.of(
                JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    }

    private static List<String> classPath() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }

    private static List<String> makeCache(String entry) {
        if (HAS_CLASSES_IN_DIRECTORIES || JARS.stream().noneMatch(Launch::holdsMain)) {
            return classPath();
        }
        try {
            Path directory = Files.createTempDirectory("sluice-cache");
            TreeRemoval.removeAtEnd(directory);
            Path cache = directory.resolve("cache");
            List<String> jars = List.of("-cp", String.join(File.pathSeparator, JARS));
            List<String> command = options();
            command.add("-XX:AOTCacheOutput=" + cache);
            command.addAll(jars);
            command.addAll(List.of(
                    MAIN,
                    "training",
                    entry,
                    Files.createDirectory(directory.resolve("work")).toString()));
            Program.Run training = Processes.run(command, directory);
            if (training.exitCode() != 0 || !Files.exists(cache)) {
                throw new IOException("no cache for " + entry + ": " + training.err());
            }
            return Stream.concat(Stream.of("-XX:AOTCache=" + cache), jars.stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean holdsMain(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.getEntry(MAIN.replace('.', '/') + ".class") != null;
        } catch (IOException e) {
            return false;
        }
    }
}
