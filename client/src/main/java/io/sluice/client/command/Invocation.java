package io.sluice.client.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments that this process was started with, byte for byte.
 *
 * <p>The JDK hands a program its arguments as text, decoded by the locale's charset: a file name that is not valid in it is lost. The kernel still
 * has the bytes in {@code /proc/self/cmdline}, behind the JVM's own options; the last words there are ours.
 */
public final class Invocation {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Invocation() {}

    /** Returns the bytes of {@code arguments}, which are the last words of this process's command line, each as a word of one character per byte. */
    public static List<String> words(List<String> arguments) {
        boolean ascii = arguments.stream().allMatch(Invocation::isAscii);
        if (ascii) {
            return arguments;
        }
        try {
            return lastWords(Files.readAllBytes(COMMAND_LINE), arguments);
        } catch (IOException e) {
            return encoded(arguments);
        }
    }

    /** Returns how this process was started, up to its last {@code count} words, one character per byte; if that is unknown, as {@code rsync}. */
    public static List<String> program(int count) {
        try {
            List<String> all = split(Files.readAllBytes(COMMAND_LINE));
            return all.size() > count ? List.copyOf(all.subList(0, all.size() - count)) : List.of("rsync");
        } catch (IOException e) {
            return List.of("rsync");
        }
    }

    private static List<String> split(byte[] commandLine) {
        List<String> all = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < commandLine.length; at++) {
            if (commandLine[at] == 0) {
                all.add(ByteText.of(Arrays.copyOfRange(commandLine, start, at)));
                start = at + 1;
            }
        }
        return all;
    }

    /** Takes the words from {@code commandLine}, NUL-terminated, if they can be the arguments' bytes; else encodes the text. */
    static List<String> lastWords(byte[] commandLine, List<String> arguments) {
        List<String> all = split(commandLine);
        if (all.size() < arguments.size()) {
            return encoded(arguments);
        }
        List<String> last = all.subList(all.size() - arguments.size(), all.size());
        for (int i = 0; i < last.size(); i++) {
            boolean fits = !isAscii(arguments.get(i)) || last.get(i).equals(arguments.get(i));
            if (!fits) {
                return encoded(arguments);
            }
        }
        return List.copyOf(last);
    }

    private static List<String> encoded(List<String> arguments) {
        return arguments.stream()
                .map(argument -> ByteText.of(argument.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
