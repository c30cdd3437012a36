package io.sluice.protocol.filelist;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import java.io.IOException;
import java.time.Instant;

/** A device that is sent as a file with its content ({@code --copy-devices}). */
final class DeviceContent {
    private static final int ACCESS_BITS = 0777;

    private DeviceContent() {}

    /** Lets the status of a device be that of a file of its size, changed now; one that cannot be opened has no content. */
    static void asFile(SourceTree tree, byte[] path, FileStatus device) {
        long size = device.size();
        if (size == 0) {
            try (OpenFile file = tree.tree().openForReading(SourceTree.below(path))) {
                size = file.deviceSize();
            } catch (IOException e) {
                size = 0;
            }
        }
        device.pretend(FileMode.REGULAR | (device.mode() & ACCESS_BITS), device.uid(), device.gid(), 0, 0);
        device.pretendContent(size, Instant.now().getEpochSecond());
    }
}
