package io.sluice.protocol.event;

/** A file's type and permissions as ten characters, such as {@code drwxr-sr-x}. Modes have Linux's values. */
public final class ModeText {
    private static final String BITS = "rwxrwxrwx";
    private static final int TYPE = 0170000;

    private ModeText() {}

    public static boolean isDirectory(int mode) {
        return (mode & TYPE) == 0040000;
    }

    public static boolean isRegular(int mode) {
        return (mode & TYPE) == 0100000;
    }

    public static boolean isSymlink(int mode) {
        return (mode & TYPE) == 0120000;
    }

    public static boolean isDevice(int mode) {
        return (mode & TYPE) == 0060000 || (mode & TYPE) == 0020000;
    }

    /** A fifo or a socket. */
    public static boolean isSpecial(int mode) {
        return (mode & TYPE) == 0010000 || (mode & TYPE) == 0140000;
    }

    /** Returns the kind of file as a word: {@code file}, {@code directory}, {@code symlink}, {@code device} or {@code special}. */
    public static String word(int mode) {
        if (isRegular(mode)) {
            return "file";
        }
        return isDirectory(mode) ? "directory" : isSymlink(mode) ? "symlink" : isDevice(mode) ? "device" : "special";
    }

    public static String of(int mode) {
        char[] text = new char[10];
        text[0] = type(mode);
        for (int i = 0; i < BITS.length(); i++) {
            text[i + 1] = (mode & (0400 >> i)) != 0 ? BITS.charAt(i) : '-';
        }
        special(text, 3, (mode & 04000) != 0, 's');
        special(text, 6, (mode & 02000) != 0, 's');
        special(text, 9, (mode & 01000) != 0, 't');
        return new String(text);
    }

    private static void special(char[] text, int at, boolean set, char letter) {
        if (set) {
            text[at] = text[at] == 'x' ? letter : Character.toUpperCase(letter);
        }
    }

    private static char type(int mode) {
        return switch (mode & TYPE) {
            case 0040000 -> 'd';
            case 0120000 -> 'l';
            case 0060000 -> 'b';
            case 0020000 -> 'c';
            case 0140000 -> 's';
            case 0010000 -> 'p';
            default -> '-';
        };
    }
}
