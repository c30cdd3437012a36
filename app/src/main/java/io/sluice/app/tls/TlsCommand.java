package io.sluice.app.tls;

import io.sluice.protocol.FailureText;
import io.sluice.protocol.tls.CertificateAuthority;
import io.sluice.protocol.tls.CertificateAuthority.Validity;
import io.sluice.protocol.tls.HostName;
import io.sluice.protocol.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what TLS needs between nodes of one owner: an authority, and certificates for daemons and clients. */
@Command(
        name = "sluice tls",
        mixinStandardHelpOptions = true,
        description = "Makes certificates for daemons and clients of one's own.",
        subcommands = TlsCommand.Init.class)
public final class TlsCommand implements Callable<Integer> {
    private static final int USAGE = 1;

    @Override
    public Integer call() {
        System.err.println(
                "sluice tls: (expected: sluice tls init --directory=DIR [--host=NAME ...] [--client=NAME ...])");
        return USAGE;
    }

    /** {@code sluice tls init}. */
    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            header = "Makes an authority, and certificates that it signs.",
            description = "The authority is made in a directory, unless it is there already, with a certificate that it"
                    + " signs: for a daemon with all the names given by --host, and for each --client. Nothing is"
                    + " ever overwritten: call it again for the next daemon. Prints the lines for rsyncd.conf and"
                    + " the options for clients.")
    static final class Init implements Callable<Integer> {
        private static final Duration AUTHORITY_DAYS = Duration.ofDays(3650);
        /** Clocks differ. */
        private static final Duration BEFORE = Duration.ofHours(1);

        private final PrintStream out;
        private final PrintStream err;

        @Option(
                names = "--directory",
                required = true,
                paramLabel = "DIR",
                description = "Where the authority is, and what it makes. Made if it is not there.")
        private Path directory = Path.of(".");

        @Option(
                names = "--host",
                paramLabel = "NAME",
                description =
                        "A name or address of the daemon; this machine's name if there is no --host nor --client.")
        private List<String> hosts = new ArrayList<>();

        @Option(
                names = "--client",
                paramLabel = "NAME",
                description = "A client, as 'auth users = tls:NAME' will call it.")
        private List<String> clients = new ArrayList<>();

        @Option(
                names = "--days",
                paramLabel = "N",
                description =
                        "How long the certificates are valid, ${DEFAULT-VALUE} unless given; the authority is for ten years.")
        private int days = 825;

        Init() {
            this(System.out, System.err);
        }

        Init(PrintStream out, PrintStream err) {
            this.out = out;
            this.err = err;
        }

        /** Returns 0, or 1 and makes nothing if something is in the way. */
        @Override
        public Integer call() {
            try {
                if (hosts.isEmpty() && clients.isEmpty()) {
                    hosts = List.of(InetAddress.getLocalHost().getHostName());
                }
                make();
                return 0;
            } catch (IOException e) {
                err.println("sluice tls init: " + FailureText.of(e));
                return USAGE;
            } catch (IllegalArgumentException e) {
                err.println("sluice tls init: " + e.getMessage());
                return USAGE;
            }
        }

        private void make() throws IOException {
            if (days < 1) {
                throw new IllegalArgumentException("--days=" + days + " (expected: 1 or more)");
            }
            List<HostName> names = hosts.stream().map(HostName::of).toList();
            CertificateDirectory files =
                    new CertificateDirectory(directory.toAbsolutePath().normalize());
            List<String> made = new ArrayList<>(clients);
            if (!hosts.isEmpty()) {
                made.add(hosts.getFirst());
            }
            files.requireFree(made);

            SecureRandom random = new SecureRandom();
            Instant now = Instant.now();
            Validity validity = new Validity(now.minus(BEFORE), now.plus(Duration.ofDays(days)));
            CertificateAuthority authority = files.authority(() -> CertificateAuthority.create(
                    "Sluice " + hostOrClient(), new Validity(now.minus(BEFORE), now.plus(AUTHORITY_DAYS)), random));
            if (!names.isEmpty()) {
                write(files, hosts.getFirst(), authority.issueForServer(names, validity));
            }
            for (String client : clients) {
                write(files, client, authority.issueForClient(client, validity));
            }
            advise(files);
        }

        private String hostOrClient() {
            return hosts.isEmpty() ? clients.getFirst() : hosts.getFirst();
        }

        private void write(CertificateDirectory files, String name, TlsIdentity identity) throws IOException {
            files.write(name, identity);
            out.println("made " + files.certificate(name) + " and " + files.key(name));
        }

        private void advise(CertificateDirectory files) {
            Path trusted = files.authorityCertificate();
            out.println();
            if (!hosts.isEmpty()) {
                String host = hosts.getFirst();
                out.println("rsyncd.conf of " + host + ", before its first module:");
                out.println("  tls certificate = " + files.certificate(host));
                out.println("  tls key = " + files.key(host));
            }
            if (!clients.isEmpty()) {
                out.println("rsyncd.conf of a daemon that lets in by certificate, before its first module:");
                out.println("  tls client ca = " + trusted);
                out.println("and in a module: auth users = tls:" + String.join(" tls:", clients));
            }
            out.println("clients:");
            String there = " rsyncs://" + (hosts.isEmpty() ? "HOST" : hosts.getFirst()) + "/MODULE/";
            String own = clients.isEmpty()
                    ? ""
                    : " --tls-cert=" + files.certificate(clients.getFirst()) + " --tls-key="
                            + files.key(clients.getFirst());
            out.println("  sluice rsync -a --tls-ca=" + trusted + own + " SRC/" + there);
            out.println();
            out.println("Daemons need their certificate and key (and " + trusted.getFileName()
                    + " to let in by certificate), clients " + trusted.getFileName() + " and their own.");
            out.println("Nobody but you needs " + files.authorityKey() + ": whoever has it can be any of them.");
        }
    }
}
