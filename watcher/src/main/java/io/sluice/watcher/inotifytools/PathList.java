package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names on the command line and in the file of {@code --fromfile}.
 *
 * @param watched in the order given, the file's first
 * @param excluded those after an {@code @}, without a slash at the end
 */
record PathList(List<String> watched, Set<String> excluded) {
    PathList {
        watched = List.copyOf(watched);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Sorts names.
     *
     * @param file of names, a line each
     */
    static PathList of(Optional<InputStream> file, List<String> operands) throws IOException {
        List<String> names = new ArrayList<>();
        if (file.isPresent()) {
            readLines(new BufferedInputStream(file.get()), names);
        }
        names.addAll(operands);
        List<String> watched = new ArrayList<>();
        Set<String> excluded = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || name.equals("@")) {
                continue;
            }
            if (name.startsWith("@")) {
                excluded.add(name.endsWith("/") ? name.substring(1, name.length() - 1) : name.substring(1));
            } else {
                watched.add(name);
            }
        }
        return new PathList(watched, excluded);
    }

    private static void readLines(InputStream in, List<String> names) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                names.add(ByteText.of(line.toByteArray()));
                line.reset();
            } else {
                line.write(octet);
            }
        }
        names.add(ByteText.of(line.toByteArray()));
    }
}
