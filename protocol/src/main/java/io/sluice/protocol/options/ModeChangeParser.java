package io.sluice.protocol.options;

import io.sluice.linux.FileMode;
import io.sluice.protocol.options.ModeChange.Kind;
import io.sluice.protocol.options.ModeChange.Part;
import java.util.function.IntSupplier;

/** Reads one part of a {@link ModeChange}. */
final class ModeChangeParser {
    private static final int USER = 0100;
    private static final int GROUP = 0010;
    private static final int OTHER = 0001;
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;

    private final String argument;
    private final IntSupplier umask;

    private Kind kind = Kind.ALL;
    private int classes;
    private int classSpecial;
    private int permissions;
    private int special;
    private boolean executableOnly;
    private int copyFrom = -1;

    /** @param argument the whole argument, for messages */
    ModeChangeParser(String argument, IntSupplier umask) {
        this.argument = argument;
        this.umask = umask;
    }

    Part parse(String part) {
        int at = 0;
        while (at < part.length() && isClass(part.charAt(at))) {
            at++;
        }
        if (at < part.length() && classes == 0 && Character.digit(part.charAt(at), 8) >= 0) {
            return octal(part.substring(at));
        }
        if (at == part.length() || "+-=".indexOf(part.charAt(at)) < 0) {
            throw invalid();
        }
        char operator = part.charAt(at);
        for (at++; at < part.length(); at++) {
            takePermission(part.charAt(at));
        }
        return build(operator);
    }

    private boolean isClass(char c) {
        switch (c) {
            case 'D' -> takeKind(Kind.DIRECTORIES);
            case 'F' -> takeKind(Kind.OTHERS);
            case 'u' -> takeClass(USER, SET_UID);
            case 'g' -> takeClass(GROUP, SET_GID);
            case 'o' -> takeClass(OTHER, 0);
            case 'a' -> takeClass(USER | GROUP | OTHER, SET_UID | SET_GID);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeKind(Kind named) {
        if (kind != Kind.ALL && kind != named) {
            throw invalid();
        }
        kind = named;
    }

    private void takeClass(int bits, int specialBits) {
        classes |= bits;
        classSpecial |= specialBits;
    }

    private void takePermission(char c) {
        boolean copies = "ugo".indexOf(c) >= 0;
        boolean started = permissions != 0 || special != 0;
        if (copyFrom >= 0 || (copies && started)) {
            throw invalid();
        }
        switch (c) {
            case 'r' -> permissions |= 4;
            case 'w' -> permissions |= 2;
            case 'x' -> permissions |= 1;
            case 'X' -> {
                permissions |= 1;
                executableOnly = true;
            }
            case 's' -> special |= classSpecial == 0 ? SET_UID : classSpecial;
            case 't' -> special |= STICKY;
            case 'u' -> copyFrom = 6;
            case 'g' -> copyFrom = 3;
            case 'o' -> copyFrom = 0;
            default -> throw invalid();
        }
    }

    private Part octal(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 8);
            value = value * 8 + digit;
            if (digit < 0 || value > FileMode.PERMISSION_MASK) {
                throw invalid();
            }
        }
        return new Part(kind, 0, value, false, -1, 0, 0, false);
    }

    private Part build(char operator) {
        int targets = classes == 0 ? USER | GROUP | OTHER : classes;
        int mask = classes == 0 ? FileMode.PERMISSION_MASK & ~umask.getAsInt() : FileMode.PERMISSION_MASK;
        int bits = ((targets * permissions) & mask) | special;
        int all = FileMode.PERMISSION_MASK;
        return switch (operator) {
            case '+' -> new Part(kind, all, bits, executableOnly, copyFrom, targets, mask, false);
            case '-' -> new Part(kind, all & ~bits, 0, executableOnly, copyFrom, targets, mask, true);
            default -> new Part(kind, all & ~replaced(targets), bits, executableOnly, copyFrom, targets, mask, false);
        };
    }

    /** What {@code =} clears: the permissions of its targets, and their special bits if it sets or copies any. */
    private int replaced(int targets) {
        int cleared = targets * 7;
        if (special != 0) {
            cleared |= classSpecial;
        }
        if (copyFrom >= 0) {
            cleared |= (targets & USER) != 0 ? SET_UID : 0;
            cleared |= (targets & GROUP) != 0 ? SET_GID : 0;
            cleared |= (targets & OTHER) != 0 ? STICKY : 0;
        }
        return cleared;
    }

    private IllegalArgumentException invalid() {
        return new IllegalArgumentException("mode change: " + argument + " (expected: such as D755,F644,u=rwX)");
    }
}
