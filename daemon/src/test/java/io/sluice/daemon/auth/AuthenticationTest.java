package io.sluice.daemon.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.auth.Authentication.Granted;
import io.sluice.daemon.auth.Authentication.Outcome;
import io.sluice.daemon.auth.Authentication.Refused;
import io.sluice.daemon.config.AuthenticationRules;
import io.sluice.daemon.config.AuthorizedUser;
import io.sluice.daemon.config.AuthorizedUser.Kind;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.linux.Identity;
import io.sluice.linux.Users;
import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every refusal differs in one thing from a call that is granted in {@link #grantsWithTheRightPassword}. */
class AuthenticationTest {
    private static final String CHALLENGE = "abc";

    @TempDir
    Path directory;

    private Path secrets;

    @BeforeEach
    void writeSecrets() throws IOException {
        secrets = directory.resolve("secrets");
        write("# comment\njoe:first\n\r\nann:pass:word\n@" + group() + ":shared\njoe:second\n", "rw-------");
    }

    @ParameterizedTest
    @EnumSource
    void grantsWithTheRightPassword(DigestType digest) {
        assertThat(check(List.of(user("joe", Permission.READ_WRITE)), digest, "joe", "first"))
                .isEqualTo(new Granted(UserName.of("joe"), Permission.READ_WRITE));
    }

    @Test
    void keepsColonsInPasswords() {
        assertThat(check("ann", "pass:word")).isInstanceOf(Granted.class);
    }

    @Test
    void countsTheFirstLineOfAUserOnly() {
        assertThat(check("joe", "second")).isEqualTo(refused("joe", "password mismatch"));
    }

    @Test
    void refusesUsersWithoutALine() {
        assertThat(check("bob", "first")).isEqualTo(refused("bob", "secret not found"));
        assertThat(check("jo", "e:first")).isEqualTo(refused("jo", "secret not found"));
        assertThat(check("", "first")).isEqualTo(refused("", "secret not found"));
    }

    @Test
    void refusesToTakeACommentForAUser() {
        assertThat(check("# comment\njoe", "first")).isEqualTo(refused("# comment\njoe", "invalid username"));
    }

    @Test
    void countsTheFirstEntryThatMatches() {
        List<AuthorizedUser> users =
                List.of(user("j*", Permission.DENY), user("joe", Permission.MODULE), user("ann", Permission.READ_ONLY));
        assertThat(check(users, DigestType.MD5, "joe", "first")).isEqualTo(refused("joe", "denied by rule"));
        assertThat(check(users, DigestType.MD5, "ann", "pass:word"))
                .isEqualTo(new Granted(UserName.of("ann"), Permission.READ_ONLY));
        assertThat(check(users, DigestType.MD5, "bob", "x")).isEqualTo(refused("bob", "no matching rule"));
    }

    @Test
    void letsMembersOfAGroupInWithItsPassword() {
        String me = Users.userName(Identity.currentUser()).orElseThrow();
        List<AuthorizedUser> users = List.of(new AuthorizedUser(group(), Kind.GROUP, Permission.READ_ONLY));
        assertThat(check(users, DigestType.SHA512, me, "shared"))
                .isEqualTo(new Granted(UserName.of(me), Permission.READ_ONLY));
        assertThat(check(users, DigestType.SHA512, "nosuchuser", "shared"))
                .isEqualTo(refused("nosuchuser", "no matching rule"));
        assertThat(check(List.of(user("*", Permission.MODULE)), DigestType.SHA512, me, "shared"))
                .as("no group let him in")
                .isEqualTo(refused(me, "secret not found"));
    }

    @Test
    void refusesASecretsFileThatOthersCanRead() throws IOException {
        write("joe:first\n", "rw----r--");
        assertThat(check("joe", "first"))
                .isEqualTo(new Refused(
                        UserName.of("joe"),
                        List.of(
                                "secrets file must not be other-accessible (see strict modes option)",
                                "ignoring secrets file")));
        assertThat(check(rules(List.of(user("joe", Permission.MODULE)), false), DigestType.MD5, "joe", "first"))
                .isInstanceOf(Granted.class);
    }

    @Test
    void refusesWithoutASecretsFile() throws IOException {
        Files.delete(secrets);
        assertThat(check("joe", "first")).isEqualTo(refused("joe", "no secrets file"));
    }

    private static String group() {
        return Users.groupName(Identity.currentGroup()).orElseThrow();
    }

    private void write(String content, String permissions) throws IOException {
        Files.writeString(secrets, content);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString(permissions));
    }

    private static AuthorizedUser user(String pattern, Permission permission) {
        return new AuthorizedUser(pattern, Kind.USER, permission);
    }

    private static Refused refused(String user, String reason) {
        return new Refused(UserName.of(user), List.of(reason));
    }

    private Outcome check(String user, String password) {
        return check(List.of(user("*", Permission.MODULE)), DigestType.SHA512, user, password);
    }

    private Outcome check(List<AuthorizedUser> users, DigestType digest, String user, String password) {
        return check(rules(users, true), digest, user, password);
    }

    private static Outcome check(AuthenticationRules rules, DigestType digest, String user, String password) {
        String response = ChallengeResponse.respond(digest, password.getBytes(StandardCharsets.UTF_8), CHALLENGE);
        return new Authentication(rules, digest, CHALLENGE)
                .check(user.getBytes(StandardCharsets.UTF_8), response, Accounts.SYSTEM);
    }

    private AuthenticationRules rules(List<AuthorizedUser> users, boolean strict) {
        return new AuthenticationRules(true, users, secrets.toString(), strict, "");
    }
}
