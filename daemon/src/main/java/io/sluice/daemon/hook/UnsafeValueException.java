package io.sluice.daemon.hook;

import java.io.IOException;

/** A command is not run because a variable in it has a value that a shell could act on. The message is rsync's. */
public final class UnsafeValueException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsafeValueException(String variable) {
        super("refusing to run shell hook: %" + variable + "% holds a shell metacharacter");
    }
}
