package io.sluice.daemon.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.daemon.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration file. */
public final class ConfigurationTargets {
    private ConfigurationTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(new FuzzTarget(
                "configuration",
                ConfigurationTargets::read,
                Set.of(),
                List.of(DaemonConfigurationTest.WEB_NODE.getBytes(ISO_8859_1), """
                        port = 8730
                        socket options = TCP_NODELAY,SO_SNDBUF=65536
                        proxy protocol = yes
                        proxy protocol hosts = 10.0.0.0/8 fe80::/10 *.example.com
                        [global]
                        syslog facility = local5
                        [a b]
                          path = /srv/%RSYNC_USER_NAME%/./in
                        filter = - *.o \\
                          + x
                        auth users = , @a b:deny, joe:ro, *
                        hosts allow = 127.0.0.1/255.0.0.0, ::1
                        outgoing chmod = Du=rwx,F644
                        max connections = -1
                        timeout = 5x
                        use chroot = unset
                        dont compress = *.gz
                        refuse options = * !a !v
                        ; comment
                        no value
                        """.getBytes(ISO_8859_1))));
    }

    /** What a directive names is not read here. */
    private static void read(byte[] input) throws IOException {
        byte[] content = new String(input, ISO_8859_1).replace("&", "+").getBytes(ISO_8859_1);
        DaemonConfiguration.of("rsyncd.conf", content, Map.of("RSYNC_USER_NAME", "joe"));
    }
}
