package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.protocol.options.ModeChange;
import io.sluice.protocol.options.PreservationOptions;
import java.util.List;
import java.util.function.ToIntFunction;

/** Which mode an entry gets on this side. */
final class Modes {
    private static final int EXECUTE = 0111;
    private static final int READ = 0444;

    private final PreservationOptions options;
    private final ToIntFunction<byte[]> defaults;
    private final ModeChange own;

    /** @param defaults what something new at a path gets at most */
    Modes(PreservationOptions options, ToIntFunction<byte[]> defaults) {
        this.options = options;
        this.defaults = defaults;
        this.own = options.ownChmod().isEmpty() ? ModeChange.NONE : ModeChange.parse(List.of(options.ownChmod()));
    }

    /**
     * With {@code -p} the sender's mode; without it what is here keeps its permissions ({@code -E}: but for its executability), and something new gets
     * the sender's less what its directory does not let it have and the special bits. Whatever it is, a module may change it.
     *
     * @param path where it is
     * @param listed the sender's mode
     * @param present the mode of what is here; counts only if {@code exists}
     */
    int choose(byte[] path, int listed, int present, boolean exists) {
        int mode = chosen(path, listed, present, exists);
        boolean changes = !own.isEmpty() && (mode & FileMode.TYPE_MASK) != FileMode.SYMLINK;
        return changes ? own.apply(mode) : mode;
    }

    private int chosen(byte[] path, int listed, int present, boolean exists) {
        if (options.permissions()) {
            return listed;
        }
        if (!exists) {
            return listed & (~FileMode.PERMISSION_MASK | defaults.applyAsInt(path));
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
