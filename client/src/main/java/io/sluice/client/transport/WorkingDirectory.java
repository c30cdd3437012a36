package io.sluice.client.transport;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.transfer.PathLabel;
import java.io.IOException;

/** The directory that relative paths of the operator's start from. */
public final class WorkingDirectory {
    private static final byte[] HERE = {'.'};
    private static final byte[] PROCESSES = {'/', 'p', 'r', 'o', 'c'};
    private static final byte[] LINK = {'s', 'e', 'l', 'f', '/', 'c', 'w', 'd'};

    private WorkingDirectory() {}

    /** Opens it for paths as an operator names them. The caller closes it. */
    public static FileTree open() throws IOException {
        return FileTree.open(HERE, TreePolicy.OPERATOR);
    }

    /** Returns how messages show such paths: from the root. */
    public static PathLabel label() {
        try (FileTree processes = FileTree.open(PROCESSES, TreePolicy.OPERATOR)) {
            return new PathLabel(processes.linkTargets().onDisk(LINK), "");
        } catch (IOException unknown) {
            return PathLabel.NONE;
        }
    }
}
