package io.sluice.protocol.tls;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A file of certificates, a key, or both, that the operator named. A symlink on the way is followed if root or we own it. */
final class PemFile {
    /** A bundle of all public authorities has about 220 KiB. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final int OTHERS = 07;
    private static final int CHUNK = 64 * 1024;

    private final String name;
    private final List<PemBlock> blocks;

    private PemFile(String name, List<PemBlock> blocks) {
        this.name = name;
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Reads a file.
     *
     * @param path absolute, or relative to the working directory
     * @param secret nobody but its owner and group may have access to it
     * @throws TransferException with code 1 if it cannot be read or makes no sense
     */
    static PemFile read(byte[] path, boolean secret) throws IOException {
        String name = new String(path, StandardCharsets.UTF_8);
        try (FileTree here = FileTree.open(new byte[] {'.'}, TreePolicy.OPERATOR);
                OpenFile file = here.openStream(path)) {
            FileStatus status = new FileStatus();
            file.status(status);
            if (secret && (status.mode() & OTHERS) != 0) {
                throw wrong(name, "a key that everybody may read (expected: chmod 600)");
            }
            return new PemFile(name, PemBlock.of(content(file, name), name));
        } catch (SystemCallException e) {
            throw new TransferException(
                    ExitCode.SYNTAX, "could not open " + name + ": " + e.reason() + " (" + e.errno() + ")", e);
        }
    }

    private static byte[] content(OpenFile file, String name) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = file.read(chunk, 0, CHUNK); count > 0; count = file.read(chunk, 0, CHUNK)) {
            content.write(chunk, 0, count);
            if (content.size() > MAX_BYTES) {
                throw wrong(name, "more than " + MAX_BYTES + " bytes (expected: a PEM file)");
            }
        }
        return content.toByteArray();
    }

    /** Its certificates in their order; at least one. */
    List<X509Certificate> certificates() throws TransferException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block.content()));
            }
        }
        if (certificates.isEmpty()) {
            throw wrong(name, "no certificate in it (expected: -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    private X509Certificate certificate(byte[] content) throws TransferException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw wrong(name, "a certificate in it makes no sense: " + e.getMessage());
        }
    }

    /** Its first private key, in a form that the JDK takes (PKCS #8). */
    byte[] key() throws TransferException {
        for (PemBlock block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return KeyForm.pkcs8(block, name);
            }
        }
        throw wrong(name, "no private key in it (expected: -----BEGIN PRIVATE KEY-----)");
    }

    /** Makes an exception about this file. */
    TransferException wrong(String what) {
        return wrong(name, what);
    }

    /** The same, with what was found. */
    TransferException wrong(String what, Exception cause) {
        return new TransferException(ExitCode.SYNTAX, name + ": " + what, cause);
    }

    static TransferException wrong(String name, String what) {
        return new TransferException(ExitCode.SYNTAX, name + ": " + what);
    }
}
