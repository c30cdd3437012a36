package io.sluice.watcher.doctor;

import io.sluice.client.Location;
import io.sluice.protocol.ExitCode;
import java.util.List;
import java.util.regex.Pattern;

/** What to do about what a daemon, or the network, says. */
final class Advice {
    private static final String REACH = "reach";
    private static final String LOG_IN_BY_HAND =
            "log in once by hand, as the user that the mirror runs as:" + " ssh -o BatchMode=yes HOST rsync --version";

    /** The kind of check that failed, what is to be found in the words, what to do. */
    private record Rule(String check, Pattern words, String advice) {
        Rule(String check, String words, String advice) {
            this(check, Pattern.compile(words, Pattern.CASE_INSENSITIVE), advice);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "login",
                    "auth failed",
                    "user and password have to be in the daemon's \"secrets file\" (mode 600) and the user in \"auth users\""
                            + " of the module; here: \"password file\", or RSYNC_PASSWORD"),
            new Rule("login", "password", "the password file has to be readable by its owner alone: chmod 600"),
            new Rule("module", "unknown module", "rsyncd.conf there needs a section of that name"),
            new Rule("module", "access denied", "\"hosts allow\" of the module has to have this host's address"),
            new Rule("write", "read.only", "the module needs \"read only = no\""),
            new Rule(
                    "write",
                    "chdir|chroot|no such file|mkdir|permission denied",
                    "the module's \"path\" has to be there," + " and its \"uid\" has to be able to write there"),
            new Rule("write", "max connections", "raise \"max connections\" of the module"),
            new Rule(
                    REACH,
                    "refused",
                    "nobody listens there: start the daemon (systemctl start rsync, or sluice),"
                            + " or look at the port and at firewalls that refuse"),
            new Rule(
                    REACH,
                    "name or service|unknown host|getaddrinfo|resolve",
                    "the name has no address: look at DNS and /etc/hosts"),
            new Rule(REACH, "no route|unreachable", "there is no way there: look at addresses and routes"),
            new Rule(
                    REACH,
                    "certificate|PKIX|handshake|TLS|SSL",
                    "the daemon's certificate has to be known here:"
                            + " options = --tls-ca=FILE; and rsyncs:// is for its TLS port (874)"),
            new Rule(REACH, "greeting", "what listens there is no rsync daemon"));

    private Advice() {}

    /** The check that failed and what to do. */
    record Explained(String check, String advice) {}

    static Explained of(ExitCode code, String words, Location place) {
        for (Rule rule : RULES) {
            if (rule.words.matcher(words).find()) {
                return new Explained(rule.check, rule.advice);
            }
        }
        if (place instanceof Location.Shell) {
            return new Explained(REACH, LOG_IN_BY_HAND);
        }
        boolean time = code == ExitCode.CONNECT_TIMEOUT || code == ExitCode.TIMEOUT;
        return new Explained(
                REACH,
                time
                        ? "nothing answers: look at the address, at routes, and at firewalls that drop"
                        : "the daemon's log on that host says more");
    }
}
