package io.sluice.watcher.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A configuration to begin with: all parameters, each with a word about it; those that need not be set are commented out, with their defaults. */
public final class ExampleFile {
    /** A line that is a comment begins with {@code "# "}, a parameter that is not set with {@code "#"} alone. */
    static final String TEXT = """
            # What `sluice mirror --config THIS-FILE` mirrors, and where to.
            #
            # A section for each source. What stands before the first section holds for all that do not say otherwise.
            # The dialect is that of rsyncd.conf: name = value; a backslash at the end of a line continues it.
            # After a change:  sluice mirror --check THIS-FILE    (tells all that is wrong, with line numbers)
            #                  sluice doctor --config THIS-FILE   (tries the replicas too, and changes nothing)
            #                  systemctl reload sluice-mirror     (or SIGHUP: sections that did not change go on)

            # The password for the daemons of the replicas: one line, in a file that only its owner may read (chmod 600).
            # Without it, the variable RSYNC_PASSWORD.
            #password file = /etc/sluice/publisher.pass

            # Where to show how everything stands: a page for browsers, and for programs (sluice status, Prometheus).
            # Unless it is a loopback address, those who look need a token, the first line of a file that only its owner
            # may read:  head -c 24 /dev/urandom | base64 > /etc/sluice/status.token
            #status address = 127.0.0.1:8730
            #status token file = /etc/sluice/status.token

            # The name is for you: it is in each line of the log.
            [www]

            # The directory whose content is mirrored. Required.
            path = /srv/www

            # Where to, separated by white space, on as many lines as you like. Required.
            #   rsync://user@host:port/module/path    an rsync daemon, Sluice's or the original
            #   rsyncs://user@host/module/path        the same by TLS
            #   user@host:path                        a remote shell, such as ssh, with rsync on the other side
            replicas = rsync://publisher@web1/www/ \\
                rsync://publisher@web2/www/

            # What is left out: neither sent nor deleted. Patterns are those of rsync(1), FILTER RULES, separated by white space.
            #exclude = *.tmp /cache/
            #include = *.html
            #filter = - *.bak
            #exclude from = /etc/sluice/www.exclude
            #include from = /etc/sluice/www.include

            # Any option of rsync; -a and --delete are given. Quotes keep words together: -e 'ssh -p 2222'
            #options = --bwlimit=10m
            #compress = no

            # Times are like 5ms, 0.5, 30s, 2m or 6h; a number alone is seconds.
            # Changes are pushed together when nothing more has come for so long:
            #settle = 3ms
            # and at the latest so long after the first of them:
            #max delay = 100ms
            # A file that somebody keeps open for writing is pushed when it has not changed for so long:
            #quiet period = 2s
            # One that goes on changing, such as a log, is pushed so long after the first change that was not pushed (and later by
            # a second for each 16 MiB that it has); 0: not before it is quiet or closed:
            #growing interval = 30s
            # Whether a replica that cannot be reached at the start, or refuses, is tried again and again, as it is later on; with no
            # the mirror ends then, with rsync's exit code (10: not reached, 5: refused):
            #insist = yes
            # The longest pause between two attempts to reach a replica that is down:
            #max backoff = 30s
            # One that is back after so long is compared as a whole, by size and time, since it may have come back with an old state
            # (from a backup, or without what its disk had not written yet when it went down); 0: only what changed is pushed:
            #resync after = 1m
            # A push is given up when nothing is heard of the replica for so long, and connecting after so long:
            #timeout = 60s
            #connect timeout = 10s

            # Whether all replicas that are in good health switch to a change at the same moment (together) or each as soon as it can
            # (independent, which is the default); how long those that have it wait for the others; shell commands that are run when
            # every replica has it and before any shows it (if it fails, none does), and when it is visible. Both get the paths as input.
            #publish = together
            #together deadline = 10s
            #before publish = /usr/local/bin/may-we-publish
            #after publish = /usr/local/bin/purge-cache

            # Memory for the paths that one replica may differ in, about 40 bytes each (a quarter of the heap is for all of them):
            #max dirty memory = 16m

            # How often each replica is compared with the source by checksum, and healed; 0: never.
            # It reads every file on both sides. By hand, without healing: sluice verify --config THIS-FILE
            #verify interval = 0

            # How changes are noticed: fanotify (needs root, costs nothing for a directory), inotify (a watch for each
            # directory), poll (all is compared again and again: for a source on a file server), or what is best here.
            #monitor = auto
            # How often that is done, and how often inotify looks at directories for which there are no more watches:
            #poll interval = 30s
            """;

    private static final String FOR_OWNER_AND_GROUP = "rw-r-----";

    private ExampleFile() {}

    /**
     * Writes it; directories on the way to it are made.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    public static void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        byte[] text = TEXT.replace("THIS-FILE", file.toString()).getBytes(StandardCharsets.UTF_8);
        Files.write(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FOR_OWNER_AND_GROUP));
    }
}
