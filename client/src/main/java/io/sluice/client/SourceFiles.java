package io.sluice.client;

import io.sluice.client.transport.WorkingDirectory;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.transfer.PathLabel;
import java.io.IOException;
import java.util.List;

/**
 * What a push sends.
 *
 * @param tree what paths are relative to; {@link #close} closes it
 * @param paths sources as on a command line: a trailing slash means the content alone
 * @param names if the options have {@code filesFrom} LOCAL: the names to send, relative to the one path; else empty
 * @param label how messages show the tree's paths
 */
public record SourceFiles(FileTree tree, List<byte[]> paths, Iterable<byte[]> names, PathLabel label)
        implements AutoCloseable {
    private static final byte[] HERE = {'.'};

    public SourceFiles {
        paths = List.copyOf(paths);
    }

    /** Sources as the operator names them: absolute, or relative to the process's working directory. */
    public static SourceFiles of(List<byte[]> paths) throws IOException {
        return new SourceFiles(WorkingDirectory.open(), paths, List.of(), WorkingDirectory.label());
    }

    /**
     * Just the {@code names} below {@code base}, which options with {@code filesFrom} LOCAL and {@code relative} send with the directories that
     * lead to them. A name that does not exist is an error, is skipped, or is deleted by the receiver, as {@code missingArgs} of the options says.
     */
    public static SourceFiles named(FileTree base, PathLabel label, Iterable<byte[]> names) {
        return new SourceFiles(base, List.of(HERE.clone()), names, label);
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
