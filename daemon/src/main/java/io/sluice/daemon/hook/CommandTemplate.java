package io.sluice.daemon.hook;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command for a shell, with {@code %VARIABLE%}s in it.
 *
 * <p>What a peer can have a say in, {@code %RSYNC_…%}, is put between quotes that fit the place, and is refused if a shell could make anything of it:
 * quotes protect from one shell only, and the command may start another one. Other variables are the administrator's and are put in as they are.
 */
final class CommandTemplate {
    private static final String OF_THE_PEER = "RSYNC_";
    private static final String SHELL_ACTIVE = "'\"`$\\;&|<>()*?[]# !~{}";
    private static final int DELETE = 0x7F;

    private final String template;
    private final Function<String, byte @Nullable []> variables;
    private final StringBuilder command = new StringBuilder();
    private Quote quote = Quote.NONE;
    private boolean escaped;

    /** What a place in a command is between. */
    private enum Quote {
        NONE,
        SINGLE,
        DOUBLE
    }

    private CommandTemplate(byte[] template, Map<String, byte[]> variables) {
        this.template = latin(template);
        this.variables = variables::get;
    }

    /**
     * Puts variables into a command; what is no variable stays as it is.
     *
     * @throws UnsafeValueException if a value must not get near a shell
     */
    static byte[] expand(byte[] template, Map<String, byte[]> variables) throws UnsafeValueException {
        return new CommandTemplate(template, variables).expand();
    }

    private byte[] expand() throws UnsafeValueException {
        int at = 0;
        while (at < template.length()) {
            int end = reference(at);
            String name = end < 0 ? "" : template.substring(at + 1, end);
            byte[] value = end < 0 ? null : variables.apply(name);
            if (value == null) {
                follow(template.charAt(at));
                command.append(template.charAt(at++));
            } else {
                command.append(name.startsWith(OF_THE_PEER) ? quoted(name, latin(value)) : latin(value));
                at = end + 1;
            }
        }
        return command.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where the reference that begins at {@code at} ends, or -1. */
    private int reference(int at) {
        boolean begins = template.charAt(at) == '%'
                && at + 1 < template.length()
                && template.charAt(at + 1) >= 'A'
                && template.charAt(at + 1) <= 'Z';
        return begins ? template.indexOf('%', at + 1) : -1;
    }

    private void follow(char c) {
        if (quote == Quote.SINGLE) {
            quote = c == '\'' ? Quote.NONE : quote;
        } else if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (quote == Quote.DOUBLE) {
            quote = c == '"' ? Quote.NONE : quote;
        } else if (c == '\'' || c == '"') {
            quote = c == '\'' ? Quote.SINGLE : Quote.DOUBLE;
        }
    }

    /** Between double quotes the single ones become part of the value, as with rsync: a shell started by the command may need them. */
    private String quoted(String name, String value) throws UnsafeValueException {
        boolean unsafe = value.chars().anyMatch(c -> c < ' ' || c == DELETE || SHELL_ACTIVE.indexOf(c) >= 0);
        if (unsafe) {
            throw new UnsafeValueException(name);
        }
        return quote == Quote.SINGLE ? value : "'" + value + "'";
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
