package io.sluice.protocol.config;

import io.sluice.protocol.config.ParameterFile.Section;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One pass over the bytes of a {@link ParameterFile}, a logical line (with its continuations) at a time. */
final class ParameterParser {
    private final String file;
    private final byte[] content;
    private int position;
    private int line = 1;

    private final List<Section> sections = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<ConfigurationException> ignored = new ArrayList<>();
    private String section = "";
    private int sectionLine = 1;

    ParameterParser(String file, byte[] content) {
        this.file = file;
        this.content = content;
    }

    ParameterFile parse() throws ConfigurationException {
        while (skipToContent()) {
            switch (content[position]) {
                case '#', ';' -> skipLine();
                case '[' -> header();
                case '&' -> throw unsupportedDirective();
                case '\\' -> position++;
                default -> parameter();
            }
        }
        endSection();
        return new ParameterFile(file, sections, ignored);
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Goes to the next byte that is no white space; false at the end, which a NUL is too. */
    private boolean skipToContent() {
        while (position < content.length && isSpace(content[position])) {
            if (content[position] == '\n') {
                line++;
            }
            position++;
        }
        return position < content.length && content[position] != 0;
    }

    private void skipLine() {
        while (position < content.length && content[position] != '\n') {
            position++;
        }
    }

    /** {@code [name]}; what follows the bracket on its line is ignored. */
    private void header() throws ConfigurationException {
        int begins = line;
        String text = logicalLine();
        int end = text.indexOf(']');
        if (end < 0) {
            throw new ConfigurationException(
                    file, begins, "Badly formed line in config file: " + text + " (expected: [section])");
        }
        String name = compress(text.substring(1, end));
        if (name.isEmpty()) {
            throw new ConfigurationException(file, begins, "Empty section name in config file (expected: [section])");
        }
        endSection();
        section = name;
        sectionLine = begins;
    }

    private void endSection() {
        if (!section.isEmpty() || !parameters.isEmpty()) {
            sections.add(new Section(section, sectionLine, parameters));
            parameters.clear();
        }
        if (sections.isEmpty()) {
            sections.add(new Section("", 1, List.of()));
        }
    }

    private void parameter() throws ConfigurationException {
        int begins = line;
        String text = logicalLine();
        int equals = text.indexOf('=');
        if (equals < 0) {
            String reason = "Ignoring badly formed line in config file: " + text + " (expected: name = value)";
            ignored.add(new ConfigurationException(file, begins, reason));
            return;
        }
        String name = compress(text.substring(0, equals));
        if (name.isEmpty()) {
            throw new ConfigurationException(
                    file, begins, "Invalid parameter name in config file (expected: name = value)");
        }
        String value = text.substring(equals + 1).replace("\r", "");
        byte[] bytes = trim(value).getBytes(StandardCharsets.ISO_8859_1);
        parameters.add(new Parameter(file, begins, name, bytes));
    }

    private ConfigurationException unsupportedDirective() throws ConfigurationException {
        int begins = line;
        return new ConfigurationException(
                file, begins, "directive: " + logicalLine() + " (expected: none; include and merge are not supported)");
    }

    /** Takes a line without its end, joined with those it is continued on; each byte is a char. */
    private String logicalLine() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            int end = position;
            while (end < content.length && content[end] != '\n' && content[end] != 0) {
                end++;
            }
            int last = end - 1;
            while (last >= position && isSpace(content[last])) {
                last--;
            }
            boolean ended = end == content.length || content[end] == 0;
            boolean continued = last >= position && content[last] == '\\' && !ended;
            text.write(content, position, (continued ? last : end) - position);
            position = end;
            if (!continued) {
                return trim(text.toString(StandardCharsets.ISO_8859_1));
            }
            position++;
            line++;
        }
    }

    /** Names: one space for each run of white space, none at the ends. */
    private static String compress(String name) {
        return new String(
                trim(name).replaceAll("[ \\t-\\r]+", " ").getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
