package io.sluice.daemon.net;

import io.sluice.daemon.config.TlsRules;
import io.sluice.daemon.log.Log;
import io.sluice.protocol.tls.TlsContext;
import io.sluice.protocol.tls.TlsIdentity;
import io.sluice.protocol.tls.TlsTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The daemon's certificate and whom it trusts, as the files have them now: a file that was renewed counts for the next connection. One that makes no
 * sense is logged once, and the last good ones stay. Thread-safe.
 */
public final class TlsMaterial {
    private final Log log;
    private Version version;
    private TlsContext context;

    /** What tells whether anything has changed: the names of the files, and the state of each. */
    private record Version(TlsRules rules, List<Map<String, Object>> files) {}

    /**
     * Reads the files.
     *
     * @param log is told of later changes that cannot be used
     * @throws IOException if they cannot be used
     */
    public TlsMaterial(TlsRules rules, Log log) throws IOException {
        this.log = log;
        version = versionOf(rules);
        context = read(rules);
    }

    /** For the next connection; with rules that are empty, as the last ones said. */
    synchronized TlsContext current(Optional<TlsRules> wanted) {
        TlsRules rules = wanted.orElse(version.rules);
        try {
            Version now = versionOf(rules);
            if (!now.equals(version)) {
                version = now;
                context = read(rules);
                log.line("TLS certificate and key were read anew: " + rules.certificate());
            }
        } catch (IOException e) {
            log.line("TLS certificate and key are kept as they were: " + e.getMessage());
        }
        return context;
    }

    private static Version versionOf(TlsRules rules) throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (String name : List.of(rules.certificate(), rules.key(), rules.clientAuthorities())) {
            Path file = Path.of(name);
            if (!name.isEmpty() && Files.exists(file)) {
                files.add(Files.readAttributes(file, "unix:ino,dev,size,lastModifiedTime,ctime"));
            }
        }
        return new Version(rules, files);
    }

    private static TlsContext read(TlsRules rules) throws IOException {
        TlsIdentity identity = TlsIdentity.read(bytes(rules.certificate()), bytes(rules.key()));
        Optional<TlsTrust> clients = rules.clientAuthorities().isEmpty()
                ? Optional.empty()
                : Optional.of(TlsTrust.read(bytes(rules.clientAuthorities())));
        return TlsContext.ofServer(identity, clients);
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
