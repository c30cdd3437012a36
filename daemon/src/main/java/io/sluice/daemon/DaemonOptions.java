package io.sluice.daemon;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The command line of {@code sluice daemon}: {@code [--config FILE] [--port N] [--address A] [--no-detach]}, each also as {@code --name=value}.
 *
 * @param configuration the default is rsync's
 * @param port instead of the configuration's
 * @param address instead of the configuration's; empty: none
 * @param detach go into the background
 */
record DaemonOptions(Path configuration, OptionalInt port, String address, boolean detach) {
    static final String USAGE = "usage: sluice daemon [--config FILE] [--port N] [--address A] [--no-detach]";

    private static final Path DEFAULT_CONFIGURATION = Path.of("/etc/rsyncd.conf");
    private static final int MAX_PORT = 65_535;

    /**
     * Parses the arguments after {@code daemon}.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static DaemonOptions parse(List<String> arguments) {
        Path configuration = DEFAULT_CONFIGURATION;
        OptionalInt port = OptionalInt.empty();
        String address = "";
        boolean detach = true;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--config" -> configuration = Path.of(value(argument, equals, rest));
                case "--port" -> port = OptionalInt.of(port(value(argument, equals, rest)));
                case "--address" -> address = value(argument, equals, rest);
                case "--no-detach" -> detach = false;
                case "--detach" -> detach = true;
                default -> throw new IllegalArgumentException(argument + ": unknown option");
            }
        }
        return new DaemonOptions(configuration, port, address, detach);
    }

    private static String value(String argument, int equals, Iterator<String> rest) {
        if (equals >= 0) {
            return argument.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + ": option requires an argument");
        }
        return rest.next();
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port: " + value + " (expected: 0 to " + MAX_PORT + ")", e);
        }
        throw new IllegalArgumentException("--port: " + value + " (expected: 0 to " + MAX_PORT + ")");
    }
}
