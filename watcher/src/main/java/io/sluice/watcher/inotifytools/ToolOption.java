package io.sluice.watcher.inotifytools;

/**
 * An option of a command.
 *
 * @param letter of {@code -r}; NUL if it has none
 * @param name of {@code --recursive}
 * @param takesValue whether a value follows
 */
record ToolOption(char letter, String name, boolean takesValue) {
    static ToolOption flag(char letter, String name) {
        return new ToolOption(letter, name, false);
    }

    static ToolOption flag(String name) {
        return new ToolOption('\0', name, false);
    }

    static ToolOption value(char letter, String name) {
        return new ToolOption(letter, name, true);
    }

    static ToolOption value(String name) {
        return new ToolOption('\0', name, true);
    }
}
