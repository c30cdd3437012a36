package io.sluice.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.config.AuthorizedUser.Kind;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.ParameterFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each value that is expected differs from the default, or the default is the rule under test. */
class DaemonConfigurationTest {
    /** A file as administrators have them; its meaning is taken from rsyncd.conf(5). */
    private static final String WEB_NODE = """
        uid = nobody
        gid = nobody
        use chroot = no
        max connections = 10
        strict modes = yes
        pid file = /var/run/rsyncd.pid
        lock file = /var/run/rsync.lock
        log file = /var/log/rsyncd.log

        [web1]
        path = /web1/wwwroot/
        comment = web1 file
        ignore errors
        read only = no
        write only = no
        hosts allow = 192.168.12.134
        hosts deny = *
        list = false
        uid = root
        gid = root
        auth users = web1user
        secrets file = /etc/web1.pass
        """;

    @Test
    void readsAFileOfAWebNode() throws IOException {
        DaemonConfiguration daemon = read(WEB_NODE);
        assertThat(daemon.pidFile()).isEqualTo("/var/run/rsyncd.pid");
        assertThat(daemon.logFile()).isEqualTo("/var/log/rsyncd.log");
        ModuleConfiguration web1 = daemon.module("web1").orElseThrow();
        assertThat(web1.tree().path()).isEqualTo("/web1/wwwroot".getBytes(StandardCharsets.US_ASCII));
        assertThat(web1.tree().useChroot()).hasValue(0);
        assertThat(web1.tree().uid()).isEqualTo("root");
        assertThat(web1.limits().maxConnections()).isEqualTo(10);
        assertThat(web1.limits().lockFile()).isEqualTo("/var/run/rsync.lock");
        assertThat(web1.log().file()).isEqualTo("/var/log/rsyncd.log");
        assertThat(web1.transfer().readOnly()).isFalse();
        assertThat(web1.listed()).isFalse();
        assertThat(web1.comment()).isEqualTo("web1 file");
        assertThat(web1.authentication().users())
                .containsExactly(new AuthorizedUser("web1user", Kind.USER, Permission.MODULE));
        assertThat(web1.authentication().secretsFile()).isEqualTo("/etc/web1.pass");
        assertThat(web1.authentication().strictModes()).isTrue();
    }

    /** rsync logs a line without a value as badly formed and goes on without it; so do we, and the administrator is told. */
    @Test
    void takesNoNoticeOfANameWithoutAValue() throws IOException {
        DaemonConfiguration daemon = read(WEB_NODE);
        assertThat(daemon.module("web1").orElseThrow().transfer().ignoreErrors())
                .isFalse();
        assertThat(daemon.warnings()).anySatisfy(warning -> assertThat(warning).contains("ignore errors"));
    }

    @Test
    void hasTheDefaultsOfRsync() throws IOException {
        ModuleConfiguration module = read("[m]\npath = /x\n").module("m").orElseThrow();
        assertThat(module.transfer().readOnly()).isTrue();
        assertThat(module.transfer().writeOnly()).isFalse();
        assertThat(module.listed()).isTrue();
        assertThat(module.authentication().strictModes()).isTrue();
        assertThat(module.tree().useChroot()).isEmpty();
        assertThat(module.limits()).isEqualTo(new LimitRules(0, "/var/run/rsyncd.lock", 0, 1));
        assertThat(module.log()).isEqualTo(new LogRules("", false, "%o %h [%a] %m (%u) %f %l"));
        assertThat(module.access().reverseLookup()).isTrue();
        assertThat(module.access().forwardLookup()).isTrue();
    }

    /** Without this rule a later default would reach back to a module above it. */
    @Test
    void givesAModuleTheGlobalsAsTheyAreWhereItBegins() throws IOException {
        DaemonConfiguration daemon = read("timeout = 1\n[a]\n[Global]\ntimeout = 2\n[b]\n[a]\ncomment = c\n");
        assertThat(daemon.modules()).extracting(ModuleConfiguration::name).containsExactly("a", "b");
        assertThat(daemon.module("a").orElseThrow().limits().timeout()).isEqualTo(1);
        assertThat(daemon.module("a").orElseThrow().comment()).isEqualTo("c");
        assertThat(daemon.module("b").orElseThrow().limits().timeout()).isEqualTo(2);
    }

    @Test
    void findsModulesByExactlyTheirName() throws IOException {
        assertThat(read("[Web]\n").module("web")).isEmpty();
        assertThat(read("[Web]\n").module("Web")).isPresent();
    }

    @Test
    void warnsAsRsyncDoes() throws IOException {
        DaemonConfiguration daemon = read("nonsense = 3\n[m]\nport = 99\n");
        assertThat(daemon.warnings())
                .containsExactly(
                        "Unknown Parameter encountered: \"nonsense\"",
                        "IGNORING unknown parameter \"nonsense\"",
                        "Global parameter port found in module section!");
        assertThat(daemon.port()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ignore nonreadable = yes | f:3: ignore nonreadable: \"yes\" (expected: not set, as this daemon does"
                        + " not support it)",
                "read only = yse | f:3: Badly formed boolean in configuration file: \"yse\" (expected: yes or no)",
                "timeout = soon | f:3: timeout: \"soon\" (expected: a number from 0 to 2147483647)",
                "hosts allow = 10.0.0.0/33 | f:3: hosts: malformed mask in 10.0.0.0/33 (expected: bits up to 32 or a"
                        + " mask)",
                "hosts deny = @staff | f:3: hosts: netgroup: @staff (expected: none, they are not supported)",
                "[a/b] | f:3: invalid section name in configuration file: a/b (expected: no slash)",
            })
    void refusesWhatMakesNoSenseWithFileAndLine(String line, String message) {
        assertThatThrownBy(() -> read("[m]\npath = /x\n" + line + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void takesUnsupportedParametersThatSayWhatHoldsAnyway() throws IOException {
        DaemonConfiguration daemon =
                read("socket options = TCP_NODELAY\n[m]\nignore nonreadable = no\ntemp dir =\ndont compress = *.gz\n");
        assertThat(daemon.warnings()).isEmpty();
    }

    @Test
    void parsesUsersWithTheirPermissions() throws IOException {
        String users = "joe:deny @admin:rw  susan, guest*:RO sam:xx";
        assertThat(read("[m]\nauth users = " + users + "\n")
                        .module("m")
                        .orElseThrow()
                        .authentication()
                        .users())
                .containsExactly(
                        new AuthorizedUser("joe", Kind.USER, Permission.DENY),
                        new AuthorizedUser("admin", Kind.GROUP, Permission.READ_WRITE),
                        new AuthorizedUser("susan", Kind.USER, Permission.MODULE),
                        new AuthorizedUser("guest*", Kind.USER, Permission.READ_ONLY),
                        new AuthorizedUser("sam", Kind.USER, Permission.MODULE));
    }

    @Test
    void splitsAtCommasAloneAfterALeadingComma() throws IOException {
        assertThat(Words.of(", @domain users , x")).containsExactly("@domain users", "x");
        assertThat(Words.of("a, b\tc")).containsExactly("a", "b", "c");
    }

    @Test
    void replacesVariablesThatAreSet() throws IOException {
        String file = "[m]\npath = /%HOME_ROOT%/%RSYNC_USER_NAME%/%UNSET%/100%\nauth digest = %DIGEST%\n";
        ModuleConfiguration module = DaemonConfiguration.of(parse(file), Map.of("HOME_ROOT", "h", "DIGEST", "md5"))
                .module("m")
                .orElseThrow();
        assertThat(path(module)).isEqualTo("/h/%RSYNC_USER_NAME%/%UNSET%/100%");
        assertThat(module.authentication().weakestDigest()).isEqualTo("md5");
        assertThat(path(module.forConnection(Map.of("RSYNC_USER_NAME", "joe")))).isEqualTo("/h/joe/%UNSET%/100%");
    }

    private static String path(ModuleConfiguration module) {
        return new String(module.tree().path(), StandardCharsets.US_ASCII);
    }

    private static DaemonConfiguration read(String content) throws IOException {
        return DaemonConfiguration.of(parse(content), Map.of());
    }

    private static ParameterFile parse(String content) throws IOException {
        return ParameterFile.parse("f", content.getBytes(StandardCharsets.UTF_8));
    }
}
