package io.sluice.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The kernel's limits for one user's inotify: {@code /proc/sys/fs/inotify}.
 *
 * @param maxWatches watches of all the user's instances together; one more is ENOSPC
 * @param maxInstances one more is EMFILE
 * @param maxQueuedEvents of one instance; then comes {@link InotifyMask#QUEUE_OVERFLOW}
 */
public record InotifyLimits(int maxWatches, int maxInstances, int maxQueuedEvents) {
    private static final String DIRECTORY = "/proc/sys/fs/inotify";
    private static final String OF_NAMESPACE = "/proc/sys/user";
    private static final int MAX_TEXT = 64;

    /** Those of now. */
    public static InotifyLimits read() throws IOException {
        try (DirectoryHandle directory = open(DIRECTORY)) {
            return new InotifyLimits(
                    number(directory, "max_user_watches"),
                    number(directory, "max_user_instances"),
                    number(directory, "max_queued_events"));
        }
    }

    /**
     * The number of watches that this process's user namespace allows, {@code user.max_inotify_watches}: in a container it
     * may be less than {@link #maxWatches}.
     */
    public static int maxWatchesOfNamespace() throws IOException {
        try (DirectoryHandle directory = open(OF_NAMESPACE)) {
            return number(directory, "max_inotify_watches");
        }
    }

    private static DirectoryHandle open(String directory) throws IOException {
        return DirectoryHandle.open(directory.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads by one call: the kernel gives such a file to the first one only, and the JDK begins with a single byte. */
    private static int number(DirectoryHandle directory, String name) throws IOException {
        byte[] file = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[MAX_TEXT];
        String text;
        try (OpenFile open = directory.openFile(file, OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            int count = Math.max(0, open.read(bytes, 0, bytes.length));
            text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1).trim();
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(DIRECTORY + "/" + name + ": " + text + " (expected: a number)", e);
        }
    }
}
