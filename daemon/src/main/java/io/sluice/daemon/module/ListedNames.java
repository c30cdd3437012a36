package io.sluice.daemon.module;

import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names of a {@code --files-from} list that a client wants read from a file in the module: one a line, or each ended by NUL. */
final class ListedNames {
    private static final int CHUNK = 64 * 1024;
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private ListedNames() {}

    /** The list is not there, or is none; the client is told. */
    static final class UnreadableException extends TransferException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, Throwable cause) {
            super(ExitCode.SYNTAX, message, cause);
        }
    }

    /**
     * Reads the list, if the options name a file of ours; no path leads out of the module.
     *
     * @throws RequestedRules.RejectedException if the module hides it
     * @throws UnreadableException if it cannot be opened
     */
    static List<byte[]> of(FileTree tree, OpenModule module, SelectionOptions selection) throws IOException {
        if (selection.filesFrom() != FilesFrom.LOCAL
                || selection.filesFromPath().isEmpty()) {
            return List.of();
        }
        byte[] path = PathArguments.sanitize(selection.filesFromPath(), false).getBytes(StandardCharsets.ISO_8859_1);
        if (module.excludesFile(path)) {
            throw new RequestedRules.RejectedException();
        }
        try (OpenFile file = tree.openForReading(path)) {
            return split(read(file), selection.from0());
        } catch (SystemCallException e) {
            throw new UnreadableException(
                    "failed to open files-from file " + selection.filesFromPath() + ": " + e.reason(), e);
        }
    }

    private static byte[] read(OpenFile file) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = file.read(chunk, 0, CHUNK); length > 0; length = file.read(chunk, 0, CHUNK)) {
            if (content.size() > MAX_BYTES) {
                throw new TransferException(ExitCode.MALLOC, "files-from list: more than " + MAX_BYTES + " bytes");
            }
            content.write(chunk, 0, length);
        }
        return content.toByteArray();
    }

    private static List<byte[]> split(byte[] content, boolean nulTerminated) {
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= content.length; at++) {
            boolean end = at == content.length
                    || content[at] == 0
                    || (!nulTerminated && (content[at] == '\n' || content[at] == '\r'));
            if (!end) {
                continue;
            }
            boolean comment = at > start && (content[start] == '#' || content[start] == ';');
            if (at > start && !comment) {
                names.add(Arrays.copyOfRange(content, start, at));
            }
            start = at + 1;
        }
        return names;
    }
}
