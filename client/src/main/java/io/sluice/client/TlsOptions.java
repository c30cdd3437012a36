package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts, and who it is, when it reaches a daemon by TLS. The files are read for each connection: they may be renewed while we run.
 *
 * @param authorities a PEM file of the authorities whose certificates daemons may have ({@code --tls-ca}); empty: those that the Java runtime trusts
 * @param certificate a PEM file with our certificate, if daemons want one ({@code --tls-cert})
 * @param key the PEM file of its key ({@code --tls-key}); empty: it is in the same file
 */
public record TlsOptions(Optional<byte[]> authorities, Optional<byte[]> certificate, Optional<byte[]> key) {
    /** Trusts whom the Java runtime trusts, and has no certificate. */
    public static final TlsOptions DEFAULT = new TlsOptions(Optional.empty(), Optional.empty(), Optional.empty());

    static TlsOptions of(TlsSettings settings) {
        return new TlsOptions(path(settings.authorities()), path(settings.certificate()), path(settings.key()));
    }

    private static Optional<byte[]> path(@Nullable String word) {
        return Optional.ofNullable(word).map(ByteText::bytes);
    }

    /** The same, trusting the authorities of {@code file} and no others. */
    public TlsOptions withAuthorities(Path file) {
        return new TlsOptions(Optional.of(bytes(file)), certificate, key);
    }

    /** The same, with a certificate of our own. */
    public TlsOptions withCertificate(Path certificateFile, Path keyFile) {
        return new TlsOptions(authorities, Optional.of(bytes(certificateFile)), Optional.of(bytes(keyFile)));
    }

    private static byte[] bytes(Path file) {
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }
}
