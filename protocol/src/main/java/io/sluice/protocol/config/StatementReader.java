package io.sluice.protocol.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One pass over the bytes of a configuration file in the dialect of rsyncd.conf(5), a logical line (with its continuations) at a time. Whoever stops
 * early never hears of what makes no sense further down, which is how rsync reads what stands before the first section.
 */
public final class StatementReader {
    private static final char CONTINUATION = '\\';

    private final String file;
    private final byte[] content;
    private int position;
    private int line = 1;

    /** @param file its name, for messages */
    public StatementReader(String file, byte[] content) {
        this.file = file;
        this.content = content.clone();
    }

    /**
     * Takes the next statement; empty at the end, which a NUL is too.
     *
     * @throws ConfigurationException if the line makes no sense, after which rsync reads no further
     */
    public Optional<Statement> next() throws ConfigurationException {
        while (!atEnd()) {
            int c = content[position];
            if (c == '\n') {
                endLine();
            } else if (isSpace(c) || c == CONTINUATION) {
                position++;
            } else if (c == '#' || c == ';') {
                skipLine();
            } else {
                return Optional.of(c == '[' ? header() : assignment(c == '&'));
            }
        }
        return Optional.empty();
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private boolean atEnd() {
        return position >= content.length || content[position] == 0;
    }

    private void endLine() {
        position++;
        line++;
    }

    private void skipLine() {
        while (!atEnd() && content[position] != '\n') {
            position++;
        }
    }

    private void skipBlanks() {
        while (!atEnd() && content[position] != '\n' && isSpace(content[position])) {
            position++;
        }
    }

    /** What follows the bracket on its line is ignored, and continues no line. */
    private Statement header() throws ConfigurationException {
        int begins = line;
        StringBuilder text = new StringBuilder();
        position++;
        while (!atEnd() && content[position] != ']') {
            if (content[position] != '\n') {
                text.append(next8());
                continue;
            }
            if (!cutContinuation(text)) {
                throw new ConfigurationException(
                        file, begins, "Badly formed line in config file: " + compress(text) + " (expected: [section])");
            }
            endLine();
        }
        String name = compress(text);
        if (atEnd()) {
            throw new ConfigurationException(
                    file, begins, "Unexpected EOF in the config file: " + name + " (expected: [section])");
        }
        if (name.isEmpty()) {
            throw new ConfigurationException(file, begins, "Empty section name in config file (expected: [section])");
        }
        skipLine();
        return new Statement.Header(file, begins, name);
    }

    private Statement assignment(boolean directive) throws ConfigurationException {
        int begins = line;
        StringBuilder text = new StringBuilder();
        while (true) {
            if (atEnd()) {
                return ignored(begins, "Unexpected end-of-file at: " + compress(text));
            }
            int c = content[position];
            if (c == '=' || (directive && (c == ' ' || c == '\t'))) {
                break;
            }
            if (c != '\n') {
                text.append(next8());
            } else if (cutContinuation(text)) {
                endLine();
            } else {
                return ignored(begins, "Ignoring badly formed line in config file: " + compress(text));
            }
        }
        String name = compress(text);
        if (name.isEmpty()) {
            throw new ConfigurationException(
                    file, begins, "Invalid parameter name in config file (expected: name = value)");
        }
        skipBlanks();
        if (!atEnd() && content[position] == '=') { // a directive may have one, a parameter has
            position++;
            skipBlanks();
        }
        Parameter parameter = new Parameter(file, begins, name, value());
        return directive ? new Statement.Directive(parameter) : new Statement.Assignment(parameter);
    }

    private Statement ignored(int begins, String reason) {
        return new Statement.Ignored(new ConfigurationException(file, begins, reason + " (expected: name = value)"));
    }

    /** White space at the end goes, but for what stands before the continuation of nothing. */
    private byte[] value() {
        StringBuilder text = new StringBuilder();
        int kept = 0;
        while (!atEnd()) {
            int c = content[position];
            if (c == '\n') {
                boolean continued = cutContinuation(text);
                endLine();
                if (!continued) {
                    break;
                }
                kept = text.length();
            } else if (c == '\r') {
                position++;
            } else {
                text.append(next8());
                kept = isSpace(c) ? kept : text.length();
            }
        }
        return text.substring(0, kept).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The byte that stands here, as a char of its own. */
    private char next8() {
        return (char) (content[position++] & 0xFF);
    }

    /** If the line is continued, takes the backslash and what follows it away. */
    private static boolean cutContinuation(StringBuilder text) {
        int last = text.length() - 1;
        while (last >= 0 && isSpace(text.charAt(last))) {
            last--;
        }
        if (last < 0 || text.charAt(last) != CONTINUATION) {
            return false;
        }
        text.setLength(last);
        return true;
    }

    /** Names: one space for each run of white space, none at the ends. */
    private static String compress(CharSequence name) {
        StringBuilder compressed = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean afterSpace = compressed.isEmpty() || compressed.charAt(compressed.length() - 1) == ' ';
            if (!isSpace(c)) {
                compressed.append(c);
            } else if (!afterSpace) {
                compressed.append(' ');
            }
        }
        int length = compressed.length();
        String text = compressed.substring(
                0, !compressed.isEmpty() && compressed.charAt(length - 1) == ' ' ? length - 1 : length);
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
