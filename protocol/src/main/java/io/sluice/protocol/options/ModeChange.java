package io.sluice.protocol.options;

import io.sluice.linux.FileMode;
import io.sluice.linux.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What {@code --chmod} (and a module's {@code incoming chmod}, {@code outgoing chmod}) does to modes: parts separated by commas, each like one of
 * chmod(1), with {@code D} before it for directories alone and {@code F} for everything else alone. Immutable.
 *
 * <pre>
 *  part:  [D|F] octal      [D|F] [ugoa…] (+|-|=) [rwxXst…]      [D|F] [ugoa…] (+|-|=) (u|g|o)
 * </pre>
 *
 * <p>{@code X} is an {@code x} for directories and for what could be executed by somebody before the first part. Without {@code ugoa} it is {@code a},
 * less the umask. Symlinks have no mode to change: callers leave them out.
 */
public final class ModeChange {
    /** Changes nothing. */
    public static final ModeChange NONE = new ModeChange(List.of());

    private static final int ANY_EXECUTE = 0111;
    private static final int DEFAULT_UMASK = 022;

    private final List<Part> parts;

    private ModeChange(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Which files a part is for. */
    enum Kind {
        ALL,
        DIRECTORIES,
        OTHERS
    }

    /**
     * One part: {@code mode & keep | add}, and the bits of one class of users copied to others.
     *
     * @param executableOnly {@code X}: the execute bits of {@code add} are for directories and executables
     * @param copyFrom how far to shift right to get the bits that are copied, or -1
     * @param copyTo the execute bits of the classes that get them
     * @param copyMask bits of a copy that count
     * @param remove the copied bits are taken away
     */
    record Part(
            Kind kind,
            int keep,
            int add,
            boolean executableOnly,
            int copyFrom,
            int copyTo,
            int copyMask,
            boolean remove) {
        private boolean appliesTo(boolean directory) {
            return kind == Kind.ALL || kind == (directory ? Kind.DIRECTORIES : Kind.OTHERS);
        }

        private int apply(int bits, boolean executable) {
            int copied = copyFrom < 0 ? 0 : (copyTo * ((bits >> copyFrom) & 7)) & copyMask;
            int changed = (bits & keep) | (executableOnly && !executable ? add & ~ANY_EXECUTE : add);
            return remove ? changed & ~copied : changed | copied;
        }
    }

    /**
     * Reads the arguments of the option, in order; the umask is the process's.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public static ModeChange parse(List<String> arguments) {
        return parse(arguments, ModeChange::processUmask);
    }

    /** As above, with another umask, which is asked for only if it is needed. */
    public static ModeChange parse(List<String> arguments, IntSupplier umask) {
        if (arguments.isEmpty()) {
            return NONE;
        }
        List<Part> parts = new ArrayList<>();
        for (String argument : arguments) {
            for (String part : argument.split(",", -1)) {
                parts.add(new ModeChangeParser(argument, umask).parse(part));
            }
        }
        return new ModeChange(parts);
    }

    /** Whether no mode changes. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Returns {@code mode} (type and permissions) with the permissions changed. */
    public int apply(int mode) {
        int type = mode & ~FileMode.PERMISSION_MASK;
        boolean directory = (type & FileMode.TYPE_MASK) == FileMode.DIRECTORY;
        boolean executable = directory || (mode & ANY_EXECUTE) != 0;
        int bits = mode & FileMode.PERMISSION_MASK;
        for (Part part : parts) {
            if (part.appliesTo(directory)) {
                bits = part.apply(bits, executable);
            }
        }
        return type | bits;
    }

    private static int processUmask() {
        try {
            return Identity.umask();
        } catch (IOException e) {
            return DEFAULT_UMASK;
        }
    }
}
