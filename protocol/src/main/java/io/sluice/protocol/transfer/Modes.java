package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.protocol.options.PreservationOptions;

/** Which mode an entry gets on this side. */
final class Modes {
    private static final int EXECUTE = 0111;
    private static final int READ = 0444;

    private final PreservationOptions options;
    private final int defaultPermissions;

    Modes(PreservationOptions options, Privileges privileges) {
        this.options = options;
        this.defaultPermissions = privileges.defaultPermissions();
    }

    /**
     * With {@code -p} the sender's mode; without it what is here keeps its permissions ({@code -E}: but for its executability), and something new gets
     * the sender's less the umask and the special bits.
     *
     * @param listed the sender's mode
     * @param present the mode of what is here; counts only if {@code exists}
     */
    int choose(int listed, int present, boolean exists) {
        if (options.permissions()) {
            return listed;
        }
        if (!exists) {
            return listed & (~FileMode.PERMISSION_MASK | defaultPermissions);
        }
        int mode = (listed & ~FileMode.PERMISSION_MASK) | (present & FileMode.PERMISSION_MASK);
        if (options.executability() && (listed & FileMode.TYPE_MASK) == FileMode.REGULAR) {
            if ((listed & EXECUTE) == 0) {
                mode &= ~EXECUTE;
            } else if ((present & EXECUTE) == 0) {
                mode |= (mode & READ) >> 2;
            }
        }
        return mode;
    }

    /** Returns true if the permissions of what is here have to be changed into {@code wanted}. */
    boolean differ(int wanted, int present) {
        if (options.permissions()) {
            return ((wanted ^ present) & FileMode.PERMISSION_MASK) != 0;
        }
        return options.executability() && ((wanted & EXECUTE) == 0) != ((present & EXECUTE) == 0);
    }
}
