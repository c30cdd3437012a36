package io.sluice.daemon.config;

import io.sluice.daemon.files.OperatorFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a configuration is made of, and how to tell that one of them is not what it was. Not thread-safe. */
public final class ConfigurationFiles {
    private static final String ATTRIBUTES = "unix:ino,dev,size,lastModifiedTime,ctime";

    /** Of each file and directory that was asked for, as it was before that; without attributes: it was not there. */
    private final Map<String, Map<String, Object>> versions = new LinkedHashMap<>();

    /** Reads a whole file. */
    byte[] read(String file) throws IOException {
        note(file);
        try {
            return OperatorFile.read(file, ParameterFile.MAX_BYTES);
        } catch (SystemCallException e) {
            throw new ConfigurationException(file, 1, "unable to open config file \"" + file + "\": " + e.reason());
        }
    }

    /**
     * What a directive names: the file itself, or those in a directory whose names end with {@code suffix}, by the bytes of their names.
     *
     * @throws ConfigurationException if there is no such file or directory
     */
    List<String> named(Parameter directive, String suffix) throws IOException {
        String path = directive.text();
        note(path);
        Path place = Path.of(path);
        if (Files.isRegularFile(place)) {
            return List.of(path);
        }
        if (!Files.isDirectory(place)) {
            String reason = Files.exists(place) ? "expected: a file or directory" : "No such file or directory";
            throw directive.error("unable to stat config file \"" + path + "\": " + reason);
        }
        List<byte[]> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.endsWith(suffix) && !Files.isDirectory(entry)) { // which reads as if it were empty
                    names.add(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw directive.error("unable to open config dir \"" + path + "\": " + e.getMessage());
        }
        names.sort(Arrays::compareUnsigned);
        return names.stream()
                .map(name -> path + (path.endsWith("/") ? "" : "/") + new String(name, StandardCharsets.UTF_8))
                .toList();
    }

    private void note(String file) {
        versions.put(file, versionOf(file));
    }

    private static Map<String, Object> versionOf(String file) {
        try {
            return Files.readAttributes(Path.of(file), ATTRIBUTES);
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Whether one of them is not what it was when it was read, or has come or gone. */
    public boolean changed() {
        return versions.entrySet().stream()
                .anyMatch(entry -> !versionOf(entry.getKey()).equals(entry.getValue()));
    }
}
