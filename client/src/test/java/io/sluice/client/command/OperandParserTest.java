package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.Location;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rsync takes an operand for: kind, user, host, port and path of each, so that a part in the wrong place fails. */
class OperandParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b|local a/b",
                "/a:b|local /a:b",
                "./a:b|local ./a:b",
                "a/b::c|local a/b::c",
                "host:path|shell - host path",
                "host:|shell - host",
                "me@host:a:b|shell me host a:b",
                "me@at@host:a|shell me@at host a",
                ":path|shell -  path",
                "host::|daemon - host 0",
                "host::mod/a b|daemon - host 0 mod/a b",
                "me@host::mod|daemon me host 0 mod",
                "::mod|daemon -  0 mod",
                "[::1]:p|shell - ::1 p",
                "[::1]::m|daemon - ::1 0 m",
                "u@[fe80::1%eth0]::m|daemon u fe80::1%eth0 0 m",
                "[::1|local [::1",
                "[]:p|local []:p",
                "[::1]x:p|local [::1]x:p",
                "x[::1]:p|local x[::1]:p",
                "rsync://host|daemon - host 0",
                "rsync://host/|daemon - host 0",
                "RSYNC://me@host:8730/m/p|daemon me host 8730 m/p",
                "rsync://host:/m|daemon - host 0 m",
                "rsync://[::1]:99/m/|daemon - ::1 99 m/",
                "rsync://[::1]/m|daemon - ::1 0 m",
                "rsyncs://host|daemon+tls - host 0",
                "RSYNCS://me@host:8740/m/p|daemon+tls me host 8740 m/p",
                "rsyncs://[::1]/m|daemon+tls - ::1 0 m",
                "rsyncs://host:12x/m|shell - rsyncs //host:12x/m",
                "rsyncs:m|shell - rsyncs m",
                "rsync://host:12x/m|shell - rsync //host:12x/m",
                "http://host/m|shell - http //host/m"
            })
    void tellsWhatAnOperandMeans(String operand, String expected) {
        assertThat(describe(OperandParser.parse(operand))).isEqualTo(expected);
    }

    private static String describe(Location location) {
        String path = ByteText.of(location.path());
        String text = switch (location) {
            case Location.Local local -> "local " + path;
            case Location.Shell shell -> "shell " + shell.user().orElse("-") + " " + shell.host() + " " + path;
            case Location.Daemon daemon ->
                "daemon" + (daemon.tls() ? "+tls " : " ") + daemon.user().orElse("-") + " " + daemon.host() + " "
                        + daemon.port() + " " + path;
        };
        return text.stripTrailing();
    }
}
