package io.sluice.client.command;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The file of {@code --password-file}: its first line is the password. It must not be accessible to others, and must be root's when we are root;
 * {@code -} is standard input, of which no permissions are asked.
 */
public final class PasswordFile {
    private static final int MAX_LENGTH = 511;
    private static final int OTHERS_ACCESS = 06;
    private static final String STANDARD_INPUT = "-";

    private PasswordFile() {}

    /**
     * Reads the password.
     *
     * @param name one character per byte
     * @param userId of this process
     * @throws TransferException with code 1 and rsync's text if the file cannot be used
     */
    public static byte[] read(String name, InputStream standardInput, int userId) throws IOException {
        byte[] content = name.equals(STANDARD_INPUT) ? firstLine(standardInput) : file(name, userId);
        byte[] password = firstWordOfLines(content);
        if (password.length == 0) {
            throw new UsageException("ERROR: failed to read a password from " + name);
        }
        return password;
    }

    private static byte[] file(String name, int userId) throws IOException {
        byte[] path = ByteText.bytes(name);
        try (FileTree here = FileTree.open(new byte[] {'.'}, TreePolicy.OPERATOR);
                OpenFile file = here.openForReading(path)) {
            FileStatus status = new FileStatus();
            file.status(status);
            if ((status.mode() & OTHERS_ACCESS) != 0) {
                throw new UsageException("ERROR: password file must not be other-accessible");
            }
            if (userId == 0 && status.uid() != 0) {
                throw new UsageException("ERROR: password file must be owned by root when running as root");
            }
            byte[] content = new byte[MAX_LENGTH];
            int length = Math.max(0, file.read(content, 0, MAX_LENGTH));
            return Arrays.copyOf(content, length);
        } catch (SystemCallException e) {
            String text = "could not open password file " + name + ": " + e.reason() + " (" + e.errno() + ")";
            throw new TransferException(ExitCode.SYNTAX, text, e);
        }
    }

    private static byte[] firstLine(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LENGTH];
        int length = 0;
        int octet = in.read();
        while (octet >= 0 && octet != '\n' && length < MAX_LENGTH) {
            line[length++] = (byte) octet;
            octet = in.read();
        }
        return Arrays.copyOf(line, length);
    }

    /** The first line that is not empty. */
    private static byte[] firstWordOfLines(byte[] content) {
        int start = 0;
        while (start < content.length && isEnd(content[start])) {
            start++;
        }
        int end = start;
        while (end < content.length && !isEnd(content[end]) && content[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(content, start, end);
    }

    private static boolean isEnd(byte octet) {
        return octet == '\n' || octet == '\r';
    }
}
