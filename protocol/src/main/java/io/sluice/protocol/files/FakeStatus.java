package io.sluice.protocol.files;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --fake-super} keeps of a file that it may not make as it should be, in {@link #ATTRIBUTE}:
 *
 * <pre>
 *  MODE MAJOR,MINOR UID:GID        the mode in octal, such as  60644 8,1 0:6
 * </pre>
 *
 * @param mode type and permissions
 */
public record FakeStatus(int mode, int major, int minor, int uid, int gid) {
    static final byte[] ATTRIBUTE = "user.rsync.%stat".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern FORM = Pattern.compile(
            "\\s*([0-7]{1,11})\\s+(\\d{1,10}),\\s*(\\d{1,10})\\s+(\\d{1,10}):\\s*(\\d{1,10}).*", Pattern.DOTALL);

    /** What a value says; empty if it does not have the form. */
    static Optional<FakeStatus> parse(byte[] value) {
        Matcher matcher = FORM.matcher(new String(value, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new FakeStatus(
                (int) Long.parseLong(matcher.group(1), 8) & 0xFFFF,
                (int) Long.parseLong(matcher.group(2)),
                (int) Long.parseLong(matcher.group(3)),
                (int) Long.parseLong(matcher.group(4)),
                (int) Long.parseLong(matcher.group(5))));
    }

    byte[] format() {
        String text = Integer.toOctalString(mode) + " " + Integer.toUnsignedString(major) + ","
                + Integer.toUnsignedString(minor) + " " + Integer.toUnsignedString(uid) + ":"
                + Integer.toUnsignedString(gid);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns true if {@code real}, once it has {@code permissions}, is all this says, so that nothing need be kept. */
    boolean isReal(FileStatus real, int permissions) {
        boolean device = real.isDevice();
        return (real.type() | permissions) == mode
                && (device ? real.rdevMajor() : 0) == major
                && (device ? real.rdevMinor() : 0) == minor
                && real.uid() == uid
                && real.gid() == gid;
    }

    /** The permissions that the real file gets: no special ones, and its owner may do everything. */
    int realPermissions(FileStatus real) {
        return (mode & 0777) | (real.isDirectory() ? 0700 : 0600);
    }

    /** Lets {@code status} tell this instead of the truth, unless that is a directory's or what only a privileged process can make. */
    void tell(FileStatus status) {
        boolean directory = (mode & FileMode.TYPE_MASK) == FileMode.DIRECTORY;
        if (status.isDirectory() == directory && !status.isDevice() && !status.isFifo() && !status.isSocket()) {
            status.pretend(mode, uid, gid, major, minor);
        }
    }
}
