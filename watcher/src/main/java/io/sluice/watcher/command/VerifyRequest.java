package io.sluice.watcher.command;

import io.sluice.client.Location;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.Replica;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command line asks for that is about replicas of a configuration: {@code --config FILE [--json] [--replica NAME]… [SECTION…]}.
 *
 * @param config the configuration
 * @param json the answer is for programs
 * @param replicas just these; empty: all
 * @param sections just these; empty: all
 * @param flags other options that were given
 * @param help the usage is all that is wanted
 */
record VerifyRequest(
        @Nullable Path config,
        boolean json,
        Set<String> replicas,
        Set<String> sections,
        Set<String> flags,
        boolean help) {
    VerifyRequest {
        replicas = Set.copyOf(replicas);
        sections = Set.copyOf(sections);
        flags = Set.copyOf(flags);
    }

    /** One replica of one section. */
    record Chosen(NamedMirror mirror, Replica replica) {}

    /**
     * Reads a command line.
     *
     * @param known options without a value that there are besides
     */
    static VerifyRequest read(List<String> arguments, Set<String> known) throws TransferException {
        Path config = null;
        boolean json = false;
        boolean help = false;
        Set<String> replicas = new HashSet<>();
        Set<String> sections = new HashSet<>();
        Set<String> flags = new HashSet<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--json" -> json = true;
                case "--config" -> config = Path.of(value(word, equals, rest));
                case "--replica" -> replicas.add(value(word, equals, rest));
                default -> {
                    if (known.contains(word)) {
                        flags.add(word);
                    } else if (word.startsWith("-")) {
                        throw new TransferException(ExitCode.SYNTAX, word + ": unknown option (see --help)");
                    } else {
                        sections.add(word);
                    }
                }
            }
        }
        return new VerifyRequest(config, json, replicas, sections, flags, help);
    }

    private static String value(String word, int equals, Iterator<String> rest) throws TransferException {
        if (equals >= 0) {
            return word.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new TransferException(ExitCode.SYNTAX, word + ": no value (expected: one)");
        }
        return rest.next();
    }

    /** Those of the file's sections that are asked for. */
    List<NamedMirror> chooseSections(List<NamedMirror> mirrors) throws TransferException {
        List<NamedMirror> chosen = mirrors.stream()
                .filter(mirror -> sections.isEmpty() || sections.contains(mirror.name()))
                .toList();
        for (String section : sections) {
            if (chosen.stream().noneMatch(mirror -> mirror.name().equals(section))) {
                throw new TransferException(
                        ExitCode.SYNTAX, "section: " + section + " (expected: one of " + names(mirrors) + ")");
            }
        }
        return chosen;
    }

    private static String names(List<NamedMirror> mirrors) {
        return String.join(", ", mirrors.stream().map(NamedMirror::name).toList());
    }

    /** The replicas that are asked for, by their whole name or their host. */
    List<Chosen> choose(List<NamedMirror> mirrors) throws TransferException {
        List<Chosen> chosen = new ArrayList<>();
        Set<String> unknown = new HashSet<>(replicas);
        for (NamedMirror mirror : chooseSections(mirrors)) {
            for (Replica replica : mirror.configuration().replicas()) {
                Set<String> names = names(replica);
                if (replicas.isEmpty() || names.stream().anyMatch(replicas::contains)) {
                    chosen.add(new Chosen(mirror, replica));
                    unknown.removeAll(names);
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new TransferException(
                    ExitCode.SYNTAX,
                    "--replica: " + unknown.iterator().next()
                            + " (expected: a replica of the configuration, or its host)");
        }
        return chosen;
    }

    private static Set<String> names(Replica replica) {
        Set<String> names = new HashSet<>(Set.of(replica.name()));
        if (replica.location() instanceof Location.Remote remote) {
            names.add(remote.host());
        }
        return names;
    }
}
