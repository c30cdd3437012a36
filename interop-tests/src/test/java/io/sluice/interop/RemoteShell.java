package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program for {@code -e} that starts a server here: it is called with a host, a program's name and {@code --server}. */
final class RemoteShell {
    private RemoteShell() {}

    /**
     * Writes one.
     *
     * @param directory where it is to be
     * @param option what the server is told besides; may be empty
     */
    static Path of(Path directory, Program server, String option) throws IOException {
        StringBuilder words = new StringBuilder();
        server.rsync().forEach(word -> words.append('\'').append(word).append("' "));
        Path script = Files.createTempFile(directory, "shell", "");
        Files.writeString(
                script,
                "#!/bin/sh\nshift 3\neval \"exec $(cat <<'END'\n" + words + "--server " + option + "\nEND\n) $*\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
