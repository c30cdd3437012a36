package io.sluice.protocol.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration file in the dialect of rsyncd.conf(5), FILE FORMAT:
 *
 * <pre>
 * # comment                    also with ;
 * name = value                 before the first section: a section without a name
 * [section]
 * other  Name = a value \
 *     that goes on
 * </pre>
 *
 * @param name the file's name, for messages
 * @param sections in order, a section that appears twice stands here twice; the first has an empty name
 * @param ignored the lines that have a name but no value: rsync goes on without them, whoever is stricter throws the first
 */
public record ParameterFile(String name, List<Section> sections, List<ConfigurationException> ignored) {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    public ParameterFile {
        sections = List.copyOf(sections);
        ignored = List.copyOf(ignored);
    }

    /**
     * The parameters between one section header and the next.
     *
     * @param name white space compressed to single spaces; empty for what stands before the first header
     * @param line of the header, from 1
     * @param parameters in order
     */
    public record Section(String name, int line, List<Parameter> parameters) {
        public Section {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * Reads and parses a file.
     *
     * @throws ConfigurationException at the first line without sense, and for the directives {@code &include} and {@code &merge}, which this dialect
     *     does not have
     */
    public static ParameterFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new ConfigurationException(
                    file.toString(), 1, "bytes: " + size + " (expected: <= " + MAX_BYTES + ")");
        }
        return parse(file.toString(), Files.readAllBytes(file));
    }

    /** As {@link #read}, of content that is already there. */
    public static ParameterFile parse(String name, byte[] content) throws ConfigurationException {
        return new Sections(name).read(new StatementReader(name, content));
    }

    /** Collects what statements say. */
    private static final class Sections {
        private final String file;
        private final List<Section> sections = new ArrayList<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<ConfigurationException> ignored = new ArrayList<>();
        private String name = "";
        private int line = 1;

        Sections(String file) {
            this.file = file;
        }

        ParameterFile read(StatementReader reader) throws ConfigurationException {
            for (Optional<Statement> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case Statement.Header header -> begin(header);
                    case Statement.Assignment assignment -> parameters.add(assignment.parameter());
                    case Statement.Ignored line -> ignored.add(line.reason());
                    case Statement.Directive directive -> throw unsupported(directive.parameter());
                }
            }
            end();
            return new ParameterFile(file, sections, ignored);
        }

        private void begin(Statement.Header header) {
            end();
            name = header.name();
            line = header.line();
        }

        private void end() {
            sections.add(new Section(name, line, parameters));
            parameters.clear();
        }

        private static ConfigurationException unsupported(Parameter directive) {
            return directive.error("directive: " + directive.name() + " " + directive.text()
                    + " (expected: none; include and merge are not supported)");
        }
    }
}
