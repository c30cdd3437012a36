package io.sluice.protocol.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One {@code name = value}.
 *
 * @param file the file it stands in, for messages
 * @param line the line it begins on, from 1
 * @param name as written, white space compressed to single spaces
 * @param bytes the value as written, in the file's bytes
 */
public record Parameter(String file, int line, String name, byte[] bytes) {
    /** Whether this is the parameter that rsyncd.conf(5) calls {@code other}: white space and case do not count. */
    public boolean is(String other) {
        return key(name).equals(key(other));
    }

    /** The form of a section's or parameter's name by which it is compared: without white space, in lower case. */
    public static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.chars().filter(c -> !StatementReader.isSpace(c)).forEach(c -> key.append((char) c));
        return key.toString().toLowerCase(Locale.ROOT);
    }

    /** The same with another value. */
    public Parameter withBytes(byte[] other) {
        return new Parameter(file, line, name, other);
    }

    /** The value as text in UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The value as yes/no, true/false or 1/0 in any case.
     *
     * @throws ConfigurationException if it is none of these
     */
    public boolean flag() throws ConfigurationException {
        return switch (key(text())) {
            case "yes", "true", "1" -> true;
            case "no", "false", "0" -> false;
            default ->
                throw error("Badly formed boolean in configuration file: \"" + text() + "\" (expected: yes or no)");
        };
    }

    /** As {@link #flag}, but empty for {@code unset} or {@code -1}: 1, 0 or nothing. */
    public OptionalInt flagOrUnset() throws ConfigurationException {
        return switch (key(text())) {
            case "unset", "-1" -> OptionalInt.empty();
            default -> OptionalInt.of(flag() ? 1 : 0);
        };
    }

    /**
     * The value as a decimal number.
     *
     * @throws ConfigurationException if it is none, or not in the range from {@code min} to {@code max}
     */
    public int number(int min, int max) throws ConfigurationException {
        try {
            int value = Integer.parseInt(text());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error(numberExpected(min, max));
        }
        throw error(numberExpected(min, max));
    }

    private String numberExpected(int min, int max) {
        return name + ": \"" + text() + "\" (expected: a number from " + min + " to " + max + ")";
    }

    /** Makes an exception about this parameter's line. */
    public ConfigurationException error(String reason) {
        return new ConfigurationException(file, line, reason);
    }
}
