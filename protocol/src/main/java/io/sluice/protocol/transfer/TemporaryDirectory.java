package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.NamedDirectoryException;
import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code --temp-dir}: looked at once before anything is received, as each file would fail without it. */
final class TemporaryDirectory {
    private TemporaryDirectory() {}

    /** @throws NamedDirectoryException in rsync's words, if one was named that is none */
    static void check(Site site) throws IOException {
        String directory = site.options().placement().temporaryDirectory();
        if (directory == null) {
            return;
        }
        byte[] name = directory.getBytes(StandardCharsets.ISO_8859_1);
        FileStatus status = new FileStatus();
        boolean exists;
        try {
            TreePath place = site.named().find(directory, new byte[0]);
            exists = !directory.isEmpty() && place.tree().statusFollowing(place.path(), status);
        } catch (SystemCallException e) {
            Text text = Text.of("Failed to stat temp-dir ").add(name).add(": " + e.reason());
            throw new NamedDirectoryException(ExitCode.FILE_IO, text.toString());
        }
        if (!exists || !status.isDirectory()) {
            String why = exists ? "The temp-dir is not a directory: " : "The temp-dir does not exist: ";
            throw new NamedDirectoryException(
                    ExitCode.SYNTAX, Text.of(why).add(name).toString());
        }
    }
}
