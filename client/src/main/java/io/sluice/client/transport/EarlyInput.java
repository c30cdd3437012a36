package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.client.command.ByteText;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.IOException;
import java.util.Arrays;

/** The file of {@code --early-input}: what a daemon's {@code early exec} gets to read. */
final class EarlyInput {
    private static final int MAX_BYTES = 1024;

    private EarlyInput() {}

    /**
     * Reads the file.
     *
     * @param name one character per byte
     * @throws ClientException with code 5 if it cannot be opened or is longer than a daemon takes
     */
    static byte[] read(String name) throws IOException {
        try (FileTree here = FileTree.open(new byte[] {'.'}, TreePolicy.OPERATOR);
                OpenFile file = here.openForReading(ByteText.bytes(name))) {
            FileStatus status = new FileStatus();
            file.status(status);
            if (status.size() > MAX_BYTES) {
                throw new ClientException(ExitCode.START_CLIENT, name + " is > " + MAX_BYTES + " bytes.");
            }
            byte[] content = new byte[(int) status.size()];
            int length = 0;
            while (length < content.length) {
                int count = file.read(content, length, content.length - length);
                if (count <= 0) {
                    throw new ClientException(ExitCode.START_CLIENT, "Early EOF in " + name);
                }
                length += count;
            }
            return Arrays.copyOf(content, length);
        } catch (SystemCallException e) {
            String text = "rsync: [client] failed to open " + name + ": " + e.reason() + " (" + e.errno() + ")";
            throw new ClientException(ExitCode.START_CLIENT, text, e);
        }
    }
}
