package io.sluice.daemon;

import io.sluice.protocol.config.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line of {@code sluice daemon} and of {@code rsync --daemon}: rsync's options for a daemon, with its habits.
 *
 * @param configuration empty: the default
 * @param overrides parameters that stand behind the file's global ones: {@code --dparam}, {@code --log-file}
 * @param port instead of the configuration's
 * @param address instead of the configuration's; empty: none
 * @param family 4 or 6 for addresses of that kind alone, else 0
 * @param detach go into the background
 * @param server a client runs this daemon through a remote shell, for itself alone
 * @param help say what the options are, and end
 */
record DaemonOptions(
        Optional<Path> configuration,
        List<Parameter> overrides,
        OptionalInt port,
        String address,
        int family,
        boolean detach,
        boolean server,
        boolean help) {
    /** Where rsync's daemon looks. */
    static final Path DEFAULT_CONFIGURATION = Path.of("/etc/rsyncd.conf");

    private static final int MAX_PORT = 65_535;

    DaemonOptions {
        overrides = List.copyOf(overrides);
    }

    /**
     * Parses the arguments after {@code daemon}.
     *
     * @throws IllegalArgumentException with rsync's text if they make no sense
     */
    static DaemonOptions parse(List<String> arguments) {
        return new Reading(arguments).read();
    }

    /** An option that came up: its name or letter as given, and its argument's source. */
    private static final class Reading {
        private final Iterator<String> rest;
        private final List<Parameter> overrides = new ArrayList<>();
        private Optional<Path> configuration = Optional.empty();
        private OptionalInt port = OptionalInt.empty();
        private String address = "";
        private int family;
        private boolean detach = true;
        private boolean server;
        private boolean help;

        Reading(List<String> arguments) {
            rest = arguments.iterator();
        }

        DaemonOptions read() {
            while (rest.hasNext()) {
                String word = rest.next();
                if (word.equals("--")) {
                    break;
                }
                if (word.startsWith("--")) {
                    longOption(word);
                } else if (word.startsWith("-") && word.length() > 1) {
                    letters(word);
                }
            }
            return new DaemonOptions(configuration, overrides, port, address, family, detach, server, help);
        }

        private void longOption(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--config" -> configuration = Optional.of(Path.of(value(word, equals)));
                case "--port" -> port = OptionalInt.of(port(value(word, equals)));
                case "--address" -> address = value(word, equals);
                case "--dparam" -> override(value(word, equals));
                case "--log-file" -> override("log file", value(word, equals));
                case "--log-file-format" -> override("log format", value(word, equals));
                case "--sockopts" -> override("socket options", value(word, equals));
                case "--temp-dir" -> override("temp dir", value(word, equals));
                // A daemon speaks the version its client asks for, and limits come from the module's configuration.
                case "--bwlimit", "--protocol" -> value(word, equals);
                default -> flag(word);
            }
        }

        private void flag(String word) {
            switch (word) {
                case "--daemon", "--verbose", "--no-verbose", "--no-v" -> {
                    // What this daemon logs does not depend on them.
                }
                case "--no-detach" -> detach = false;
                case "--detach" -> detach = true;
                case "--ipv4" -> family = 4;
                case "--ipv6" -> family = 6;
                case "--server" -> server = true;
                case "--help" -> help = true;
                default -> throw unknown(word);
            }
        }

        private void letters(String word) {
            for (int at = 1; at < word.length(); at++) {
                switch (word.charAt(at)) {
                    case '4' -> family = 4;
                    case '6' -> family = 6;
                    case 'h' -> help = true;
                    case 'v' -> {
                        // As --verbose.
                    }
                    case 'M' -> {
                        override(value(word, at));
                        return;
                    }
                    case 'T' -> {
                        override("temp dir", value(word, at));
                        return;
                    }
                    default -> throw unknown(word);
                }
            }
        }

        /** What follows {@code at} in the word, or the next word. */
        private String value(String word, int at) {
            if (at >= 0 && at + 1 < word.length()) {
                return word.substring(word.startsWith("=", at + 1) ? at + 2 : at + 1);
            }
            if (at >= 0 && word.charAt(at) == '=') {
                return "";
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("rsync: " + word + ": missing argument (in daemon mode)");
            }
            return rest.next();
        }

        private void override(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--dparam value is missing an '=': " + assignment);
            }
            override(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }

        private void override(String name, String value) {
            overrides.add(new Parameter("command line", 1, name, value.getBytes(StandardCharsets.UTF_8)));
        }

        private static IllegalArgumentException unknown(String word) {
            return new IllegalArgumentException("rsync: " + word + ": unknown option (in daemon mode)");
        }

        private static int port(String value) {
            try {
                int port = Integer.parseInt(value);
                if (port >= 0 && port <= MAX_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("rsync: --port: invalid numeric value (in daemon mode)", e);
            }
            throw new IllegalArgumentException("rsync: --port: " + value + " (expected: 0 to " + MAX_PORT + ")");
        }
    }
}
