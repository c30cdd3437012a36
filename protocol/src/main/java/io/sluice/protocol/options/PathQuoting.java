package io.sluice.protocol.options;

import java.io.ByteArrayOutputStream;

/**
 * How a path operand travels to a peer that may hand it to a shell, and expands wildcards itself: a backslash before each byte that
 * means something to a shell, but none before wildcards.
 */
public final class PathQuoting {
    private static final String SHELL = "!#$&;|<>(){}\"'` \t\n\r\\";
    private static final String WILD = "*?[]";

    private PathQuoting() {}

    /**
     * Returns {@code path} as rsync sends it.
     *
     * @param tildeIsLiteral a leading {@code ~} stands for itself, not for a home directory
     */
    public static byte[] quote(byte[] path, boolean tildeIsLiteral) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(path.length + 8);
        if (path.length > 0 && path[0] == '-') {
            out.write('.');
            out.write('/');
        } else if (path.length > 0 && path[0] == '~' && tildeIsLiteral) {
            out.write('\\');
        }
        for (int i = 0; i < path.length; i++) {
            boolean beforeWild = i + 1 < path.length && WILD.indexOf(path[i + 1]) >= 0;
            if (SHELL.indexOf(path[i]) >= 0 && !(path[i] == '\\' && beforeWild)) {
                out.write('\\');
            }
            out.write(path[i]);
        }
        return out.toByteArray();
    }

    /** Returns {@code path} so that it is not taken for an option, and otherwise as it is. */
    static byte[] noOption(byte[] path) {
        if (path.length == 0 || path[0] != '-') {
            return path;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(path.length + 2);
        out.write('.');
        out.write('/');
        out.writeBytes(path);
        return out.toByteArray();
    }

    /** Returns an option's argument as rsync sends it: nothing in it means anything to a shell. */
    static String quoteOption(String argument) {
        StringBuilder out = new StringBuilder(argument.length() + 8);
        for (int i = 0; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            if (SHELL.indexOf(letter) >= 0 || WILD.indexOf(letter) >= 0) {
                out.append('\\');
            }
            out.append(letter);
        }
        return out.toString();
    }

    /** Returns {@code argument} without its backslashes: a daemon undoes the quoting that no shell undid. */
    public static byte[] unquote(byte[] argument) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(argument.length);
        for (int i = 0; i < argument.length; i++) {
            if (argument[i] == '\\' && i + 1 < argument.length) {
                i++;
            }
            out.write(argument[i]);
        }
        return out.toByteArray();
    }
}
