package io.sluice.daemon.check;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.DaemonIdentityRules;
import io.sluice.daemon.config.HostPattern;
import io.sluice.daemon.config.TlsRules;
import io.sluice.daemon.files.OperatorFile;
import io.sluice.daemon.module.DaemonIdentity;
import io.sluice.linux.OpenFlags;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.tls.TlsIdentity;
import io.sluice.protocol.tls.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at what the daemon itself needs: addresses, files and certificates. */
final class GlobalCheck {
    private static final int MAX_PORT = 65_535;

    private final DaemonConfiguration configuration;
    private final Findings findings;

    GlobalCheck(DaemonConfiguration configuration, Findings findings) {
        this.configuration = configuration;
        this.findings = findings;
    }

    void run() {
        int port = configuration.listening().port();
        if (port < 0 || port > MAX_PORT) {
            error("port", "port: " + port + " (expected: 0 to " + MAX_PORT + ")");
        }
        address("address", configuration.listening().address());
        parent("pid file", configuration.listening().pidFile(), Severity.ERROR);
        parent("log file", configuration.listening().log().file(), Severity.WARNING);
        motd();
        identity();
        proxy();
        configuration.tls().ifPresent(this::tls);
        configuration.metrics().ifPresent(metrics -> address("metrics address", metrics.host()));
    }

    private void error(String parameter, String text) {
        findings.add(Severity.ERROR, configuration.place(parameter), text);
    }

    private void warning(String parameter, String text) {
        findings.add(Severity.WARNING, configuration.place(parameter), text);
    }

    private void address(String parameter, String host) {
        if (host.isEmpty()) {
            return;
        }
        try {
            var _ = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            error(parameter, "bind address " + host + ": Name or service not known");
        }
    }

    private void parent(String parameter, String file, Severity severity) {
        OperatorPaths.missingParent(file)
                .ifPresent(
                        missing -> findings.add(severity, configuration.place(parameter), parameter + ": " + missing));
    }

    private void identity() {
        DaemonIdentityRules rules = configuration.identity();
        complaint(() -> {
                    var _ = DaemonIdentity.of(new DaemonIdentityRules("", rules.uid(), ""));
                })
                .ifPresent(text -> error("daemon uid", text));
        complaint(() -> {
                    var _ = DaemonIdentity.of(new DaemonIdentityRules("", "", rules.gid()));
                })
                .ifPresent(text -> error("daemon gid", text));
        if (!rules.chroot().isEmpty() && !Files.isDirectory(Path.of(rules.chroot()))) {
            error("daemon chroot", "daemon chroot: " + rules.chroot() + " (expected: a directory)");
        }
    }

    private void motd() {
        String file = configuration.motdFile();
        if (file.isEmpty()) {
            return;
        }
        try {
            OperatorFile.open(file, OpenFlags.READ_ONLY, 0).close();
        } catch (IOException e) {
            warning("motd file", "motd file: " + e.getMessage() + " (clients will not see it)");
        }
    }

    private void proxy() {
        if (configuration.proxy().required() && configuration.proxy().hosts().isEmpty()) {
            warning(
                    "proxy protocol",
                    "proxy protocol without \"proxy protocol hosts\": each connection will be refused");
        }
        for (HostPattern host : configuration.proxy().hosts()) {
            if (host instanceof HostPattern.Malformed malformed) {
                warning("proxy protocol hosts", malformed.complaint());
            }
        }
    }

    private void tls(TlsRules rules) {
        address("tls address", rules.address());
        Optional<String> certificate = complaint(() -> {
            var _ = TlsIdentity.read(bytes(rules.certificate()), bytes(rules.key()));
        });
        certificate.ifPresent(text -> error("tls certificate", text));
        if (!rules.clientAuthorities().isEmpty()) {
            complaint(() -> {
                        var _ = TlsTrust.read(bytes(rules.clientAuthorities()));
                    })
                    .ifPresent(text -> error("tls client ca", text));
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    private static Optional<String> complaint(Step step) {
        try {
            step.take();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
