package io.sluice.daemon.log;

import io.sluice.daemon.auth.UserName;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.session.ChecksumType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What {@code log format} tells about a connection rather than about a file.
 *
 * @param host the peer's name
 * @param address the peer's address
 * @param module the module's name
 * @param modulePath the module's directory
 * @param user empty if there was no authentication
 * @param directory what names in the list are relative to, inside the module; empty: the module itself
 * @param preserveTimes the transfer keeps times
 * @param symlinkTimes the times of symlinks too
 * @param owner the transfer keeps owners
 * @param group the transfer keeps groups
 * @param sums how whole files are summed up, with {@code --checksum} those of the list
 * @param munged the symlinks that arrive are kept so that they lead nowhere, and are told so
 */
public record TransferFacts(
        String host,
        String address,
        String module,
        byte[] modulePath,
        UserName user,
        byte[] directory,
        boolean preserveTimes,
        boolean symlinkTimes,
        boolean owner,
        boolean group,
        ChecksumType sums,
        boolean munged) {

    /** An item's path as it is inside the module. */
    byte[] inModule(Item item) {
        byte[] path = item.path();
        if (directory.length == 0) {
            return path;
        }
        boolean slash = directory[directory.length - 1] == '/';
        byte[] joined = Arrays.copyOf(directory, directory.length + (slash ? 0 : 1) + path.length);
        if (!slash) {
            joined[directory.length] = '/';
        }
        System.arraycopy(path, 0, joined, joined.length - path.length, path.length);
        return joined;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
