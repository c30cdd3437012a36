package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.PasswordFile;
import io.sluice.linux.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Knows a user's password for a daemon; asked only if the daemon wants one. */
@FunctionalInterface
public interface PasswordSource {
    /**
     * Returns the password's bytes.
     *
     * @throws IOException if it cannot be had
     */
    byte[] password(String user) throws IOException;

    /** A password that the caller has. */
    static PasswordSource of(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return user -> bytes.clone();
    }

    /** The first line of a file that only its owner may read, read each time: a password may be changed while we run. */
    static PasswordSource ofFile(Path file) {
        return user ->
                PasswordFile.read(ByteText.of(pathBytes(file)), InputStream.nullInputStream(), Identity.currentUser());
    }

    private static byte[] pathBytes(Path file) {
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }
}
