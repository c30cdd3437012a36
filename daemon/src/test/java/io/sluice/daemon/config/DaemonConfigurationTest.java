package io.sluice.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.config.AuthorizedUser.Kind;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.protocol.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each value that is expected differs from the default, or the default is the rule under test. */
class DaemonConfigurationTest {
    /** A file as administrators have them; its meaning is taken from rsyncd.conf(5). */
    static final String WEB_NODE = """
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
        assertThat(daemon.listening().pidFile()).isEqualTo("/var/run/rsyncd.pid");
        assertThat(daemon.log().file()).isEqualTo("/var/log/rsyncd.log");
        ModuleConfiguration web1 = daemon.module("web1").orElseThrow();
        assertThat(web1.tree().path()).isEqualTo("/web1/wwwroot".getBytes(StandardCharsets.US_ASCII));
        assertThat(web1.tree().useChroot()).hasValue(0);
        assertThat(web1.tree().uid()).isEqualTo("root");
        assertThat(web1.limits().maxConnections()).isEqualTo(10);
        assertThat(web1.limits().lockFile()).isEqualTo("/var/run/rsync.lock");
        assertThat(web1.log().target().file()).isEqualTo("/var/log/rsyncd.log");
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
        assertThat(module.limits()).isEqualTo(new LimitRules(0, "/var/run/rsyncd.lock", 0, 1, 0));
        assertThat(module.log())
                .isEqualTo(new LogRules(new LogTarget("", 24, "rsyncd"), false, "%o %h [%a] %m (%u) %f %l"));
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
                        "Unknown Parameter encountered: \"nonsense\" (f:1)",
                        "IGNORING unknown parameter \"nonsense\"",
                        "Global parameter port found in module section! (f:3)");
        assertThat(daemon.listening().port()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts deny = @staff | f:3: hosts deny: netgroup: @staff (expected: none, they are not supported)",
                "[a/b] | f:3: Warning: invalid section name in configuration file: a/b (expected: no slash)",
            })
    void refusesWhatMakesNoSenseWithFileAndLine(String line, String message) {
        assertThatThrownBy(() -> read("[m]\npath = /x\n" + line + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void saysNothingOfParametersThatAreSetToWhatHoldsAnyway() throws IOException {
        DaemonConfiguration daemon =
                read("socket options = TCP_NODELAY\n[m]\nignore nonreadable = no\ntemp dir =\ndont compress = *.gz\n");
        assertThat(daemon.warnings()).isEmpty();
    }

    /** Of all patterns only this one has an effect in rsync, wherever it stands in the list. */
    @ParameterizedTest
    @CsvSource({"*, true", "*.gz *, true", "* *.gz, true", "*.gz *.*, false", "**, false", "'', false"})
    void oneWordOfDontCompressLeavesAllAsItIs(String words, boolean stored) throws IOException {
        DaemonConfiguration daemon = read("[m]\ndont compress = " + words + "\n");
        assertThat(daemon.module("m").orElseThrow().transfer().stored()).isEqualTo(stored);
    }

    /** rsync says so and goes on with what held before; only the second value differs from the default. */
    @Test
    void goesOnWithoutAFlagThatIsNone() throws IOException {
        DaemonConfiguration daemon = read("read only = no\n[m]\nread only = yse\nlist = unset\nuse chroot = unset\n");
        assertThat(daemon.module("m").orElseThrow().transfer().readOnly()).isFalse();
        assertThat(daemon.module("m").orElseThrow().listed()).isTrue();
        assertThat(daemon.warnings())
                .containsExactly(
                        "Badly formed boolean in configuration file: \"yse\". (f:3)",
                        "Badly formed boolean in configuration file: \"unset\". (f:4)");
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "' 12x', 12",
        "soon, 0",
        "-3, -3",
        "+4, 4",
        "4294967297, 1",
        "99999999999999999999, -1",
        "'', 0"
    })
    void takesTheNumberThatAValueBeginsWith(String value, int number) throws IOException {
        assertThat(read("[m]\nmax connections = " + value + "\n")
                        .module("m")
                        .orElseThrow()
                        .limits()
                        .maxConnections())
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"local3, 152", "LOCAL3, 152", "security, 32", "8, 8", "nonsense, 24", "0, 24"})
    void knowsSyslogFacilities(String value, int facility) throws IOException {
        DaemonConfiguration daemon = read("[m]\nsyslog tag = t%RSYNC_MODULE_NAME%\nsyslog facility = " + value + "\n");
        assertThat(daemon.module("m")
                        .orElseThrow()
                        .forConnection(Map.of("RSYNC_MODULE_NAME", new byte[] {'m'}))
                        .log()
                        .target())
                .isEqualTo(new LogTarget("", facility, "tm"));
    }

    @Test
    void callsAModuleAsItsNameSays() throws IOException {
        DaemonConfiguration daemon = read("[a]\nname = b\n[c]\nname = b\ncomment = last\n");
        assertThat(daemon.module("a")).isEmpty();
        assertThat(daemon.module("b").orElseThrow().comment()).isEqualTo("last");
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
        ModuleConfiguration module =
                of(file, Map.of("HOME_ROOT", "h", "DIGEST", "md5")).module("m").orElseThrow();
        assertThat(path(module)).isEqualTo("/h/%RSYNC_USER_NAME%/%UNSET%/100%");
        assertThat(module.authentication().weakestDigest()).isEqualTo("md5");
        assertThat(path(module.forConnection(Map.of("RSYNC_USER_NAME", new byte[] {'j', 'o', 'e'}))))
                .isEqualTo("/h/joe/%UNSET%/100%");
    }

    private static String path(ModuleConfiguration module) {
        return new String(module.tree().path(), StandardCharsets.US_ASCII);
    }

    private static DaemonConfiguration read(String content) throws IOException {
        return of(content, Map.of());
    }

    private static DaemonConfiguration of(String content, Map<String, String> environment) throws IOException {
        return DaemonConfiguration.of("f", content.getBytes(StandardCharsets.UTF_8), environment);
    }
}
