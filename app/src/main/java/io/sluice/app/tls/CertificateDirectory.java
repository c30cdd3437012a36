package io.sluice.app.tls;

import io.sluice.protocol.tls.CertificateAuthority;
import io.sluice.protocol.tls.TlsIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A directory with an authority and what it made: {@code ca.pem}, {@code ca-key.pem}, and {@code NAME.pem}, {@code NAME-key.pem} for each name. A file
 * that is there is never touched; keys are their owner's alone from the moment they exist.
 */
final class CertificateDirectory {
    private static final String AUTHORITY = "ca";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_.:*@-]*");

    private final Path directory;

    CertificateDirectory(Path directory) {
        this.directory = directory;
    }

    Path authorityCertificate() {
        return certificate(AUTHORITY);
    }

    Path authorityKey() {
        return key(AUTHORITY);
    }

    Path certificate(String name) {
        return directory.resolve(file(name) + ".pem");
    }

    Path key(String name) {
        return directory.resolve(file(name) + "-key.pem");
    }

    /** The names of wildcards are awkward in shells. */
    private static String file(String name) {
        return name.replace('*', '_');
    }

    /**
     * Makes sure that all these can be written.
     *
     * @throws IOException if one cannot
     */
    void requireFree(List<String> names) throws IOException {
        Set<Path> seen = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.equals(AUTHORITY)) {
                throw new IOException("name: " + name + " (expected: letters, digits and . _ @ : -, and not ca)");
            }
            for (Path file : List.of(certificate(name), key(name))) {
                if (!seen.add(file) || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(
                            file + " is there already, and nothing is overwritten (expected: another name or"
                                    + " --directory, or that you remove it)");
                }
            }
        }
    }

    /** The authority that is here, or a new one. */
    CertificateAuthority authority(Supplier<CertificateAuthority> made) throws IOException {
        boolean certificate = Files.exists(authorityCertificate(), LinkOption.NOFOLLOW_LINKS);
        boolean key = Files.exists(authorityKey(), LinkOption.NOFOLLOW_LINKS);
        if (certificate || key) {
            return CertificateAuthority.of(
                    TlsIdentity.read(bytes(authorityCertificate()), bytes(authorityKey())), new SecureRandom());
        }
        CertificateAuthority fresh = made.get();
        Files.createDirectories(directory);
        write(AUTHORITY, fresh.identity());
        return fresh;
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a key and its certificate. */
    void write(String name, TlsIdentity identity) throws IOException {
        create(key(name), "rw-------", identity.keyText());
        create(certificate(name), "rw-r--r--", identity.certificateText());
    }

    private static void create(Path file, String mode, String text) throws IOException {
        Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, anew, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
        }
    }
}
