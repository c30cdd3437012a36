package io.sluice.watcher.mirror;

import io.sluice.client.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a replica is, so that two spellings of one place are equal. Names of hosts are not looked up: two names of one host are two places. */
final class ReplicaPlace {
    private ReplicaPlace() {}

    /** Who logs in makes no difference, but for the home directory that a path on a host may begin in. */
    static String of(Location location) {
        return switch (location) {
            case Location.Daemon daemon -> {
                String path = path(text(daemon.path()));
                yield "rsync://" + host(daemon.host()) + ":" + daemon.portToUse() + "/" + path;
            }
            case Location.Shell shell -> {
                String path = text(shell.path());
                boolean absolute = path.startsWith("/");
                String user =
                        absolute ? "" : shell.user().map(name -> name + "@").orElse("");
                yield user + host(shell.host()) + ":" + (absolute ? "/" : "") + path(path);
            }
            case Location.Local local ->
                Path.of(text(local.path())).toAbsolutePath().normalize().toString();
        };
    }

    private static String host(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    /** Without slashes and dots that lead nowhere. */
    private static String path(String path) {
        List<String> steps = new ArrayList<>();
        for (String step : path.split("/", -1)) {
            if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }
}
