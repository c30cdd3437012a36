package io.sluice.daemon;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.Overrides;
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
 * @param overrides what they say about the configuration: {@code --dparam}, {@code --log-file} and the like
 * @param port instead of the configuration's
 * @param address instead of the configuration's; empty: none
 * @param family 4 or 6 for addresses of that kind alone, else 0
 * @param detach go into the background
 * @param server a client runs this daemon through a remote shell, for itself alone
 * @param check say what is wrong with this configuration, and end
 * @param help say what the options are, and end
 */
record DaemonOptions(
        Optional<Path> configuration,
        Overrides overrides,
        OptionalInt port,
        String address,
        int family,
        boolean detach,
        boolean server,
        Optional<Path> check,
        boolean help) {
    /** Where rsync's daemon looks. */
    static final Path DEFAULT_CONFIGURATION = Path.of("/etc/rsyncd.conf");

    private static final int MAX_PORT = 65_535;

    /**
     * Parses the arguments after {@code daemon}.
     *
     * @throws UsageException with rsync's text if they make no sense
     */
    static DaemonOptions parse(List<String> arguments) {
        return new Reading(arguments).read();
    }

    /** Takes the arguments one after the other. */
    private static final class Reading {
        private static final String COMMAND_LINE = "command line";

        private final Iterator<String> rest;
        private final List<Parameter> overrides = new ArrayList<>();
        private final List<Parameter> forced = new ArrayList<>();
        private Optional<Path> configuration = Optional.empty();
        private OptionalInt port = OptionalInt.empty();
        private String address = "";
        private int family;
        private boolean detach = true;
        private boolean server;
        private Optional<Path> check = Optional.empty();
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
            return new DaemonOptions(
                    configuration,
                    new Overrides(overrides, forced),
                    port,
                    address,
                    family,
                    detach,
                    server,
                    check,
                    help);
        }

        private void longOption(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--config" -> configuration = Optional.of(Path.of(value(word, equals)));
                case "--check" -> check = Optional.of(Path.of(value(word, equals)));
                case "--port" -> port = port(word, value(word, equals));
                case "--address" -> address = value(word, equals);
                case "--dparam" -> override(value(word, equals));
                case "--log-file" -> forced.add(parameter("log file", value(word, equals)));
                case "--log-file-format" -> {
                    forced.add(parameter("log format", value(word, equals)));
                    forced.add(parameter("transfer logging", "yes"));
                }
                case "--sockopts" -> forced.add(parameter("socket options", value(word, equals)));
                case "--temp-dir" -> overrides.add(parameter("temp dir", value(word, equals)));
                case "--bwlimit" -> forced.add(parameter(name, Integer.toString(number(word, value(word, equals)))));
                case "--protocol" -> number(word, value(word, equals)); // that of its client counts
                default -> flag(word, name);
            }
        }

        private void flag(String word, String name) {
            switch (name) {
                case "--daemon", "--verbose", "--no-verbose", "--no-v" -> {
                    // What this daemon logs does not depend on them.
                }
                case "--no-detach" -> detach = false;
                case "--detach" -> detach = true;
                case "--ipv4" -> family = 4;
                case "--ipv6" -> family = 6;
                case "--server" -> server = true;
                case "--help" -> help = true;
                default -> throw wrong(word, "unknown option");
            }
            if (!name.equals(word)) {
                throw wrong(word, "option does not take an argument");
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
                        overrides.add(parameter("temp dir", value(word, at)));
                        return;
                    }
                    default -> throw wrong(word, "unknown option");
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
                throw wrong(word, "missing argument");
            }
            return rest.next();
        }

        private void override(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw new UsageException("--dparam value is missing an '=': " + assignment, true);
            }
            String name = assignment.substring(0, equals);
            if (!DaemonConfiguration.knows(name)) {
                throw new UsageException("Unknown parameter \"" + name + "\"", false);
            }
            overrides.add(parameter(name, assignment.substring(equals + 1).stripLeading()));
        }

        private static Parameter parameter(String name, String value) {
            return new Parameter(COMMAND_LINE, 1, name, value.getBytes(StandardCharsets.UTF_8));
        }

        private static UsageException wrong(String word, String what) {
            return new UsageException("rsync: " + word + ": " + what + " (in daemon mode)", true);
        }

        /** Decimal, hexadecimal after {@code 0x}, octal after {@code 0}. */
        private static int number(String word, String value) {
            try {
                long number = Long.decode(value.isEmpty() ? "0" : value);
                if (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
                    return (int) number;
                }
            } catch (NumberFormatException e) {
                throw wrong(word, "invalid numeric value");
            }
            throw wrong(word, "number too large or too small");
        }

        /** 0 says nothing, as the configuration's. */
        private static OptionalInt port(String word, String value) {
            int port = number(word, value);
            if (port < 0 || port > MAX_PORT) {
                throw new UsageException("rsync: --port: " + port + " (expected: 0 to " + MAX_PORT + ")", true);
            }
            return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
        }
    }
}
