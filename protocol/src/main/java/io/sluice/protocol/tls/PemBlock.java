package io.sluice.protocol.tls;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468):
 *
 * <pre>
 * -----BEGIN CERTIFICATE-----
 * base64 …
 * -----END CERTIFICATE-----
 * </pre>
 *
 * @param label between {@code BEGIN} and the dashes
 * @param content what the base64 stands for
 */
record PemBlock(String label, byte[] content) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LINE = 64;

    /**
     * Returns all blocks of a file; what stands between them is ignored, as it always was.
     *
     * @param name of the file, for messages
     * @throws TransferException with code 1 if a block does not end, or is not base64
     */
    static List<PemBlock> of(byte[] file, String name) throws TransferException {
        List<PemBlock> blocks = new ArrayList<>();
        String label = "";
        StringBuilder base64 = new StringBuilder();
        int number = 0;
        for (String line : new String(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .toList()) {
            number++;
            if (label.isEmpty()) {
                boolean begins = line.startsWith(BEGIN) && line.endsWith(DASHES);
                label = begins ? line.substring(BEGIN.length(), line.length() - DASHES.length()) : "";
                base64.setLength(0);
            } else if (line.startsWith(END)) {
                blocks.add(new PemBlock(label, decoded(base64.toString(), name, number)));
                label = "";
            } else {
                base64.append(line);
            }
        }
        if (!label.isEmpty()) {
            throw wrong(name, number, "\"" + BEGIN + label + DASHES + "\" has no end");
        }
        return blocks;
    }

    private static byte[] decoded(String base64, String name, int line) throws TransferException {
        if (base64.startsWith("Proc-Type")) {
            throw wrong(name, line, "the key is encrypted (expected: one without a passphrase)");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw wrong(name, line, "the block that ends here is not base64");
        }
    }

    private static TransferException wrong(String name, int line, String what) {
        return new TransferException(ExitCode.SYNTAX, name + ":" + line + ": " + what);
    }

    /** The block as it stands in a file. */
    String text() {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return BEGIN + label + DASHES + "\n" + lines + "\n" + END + label + DASHES + "\n";
    }
}
