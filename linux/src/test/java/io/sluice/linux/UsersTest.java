package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The system's users and groups, compared with the files where they are when no other source is configured. */
class UsersTest {
    /** Every line: a constant or shifted answer would fail at the second. */
    @Test
    void knowsEveryUserOfTheFile() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/etc/passwd"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            String[] fields = line.split(":", -1);
            Users.User user = Users.user(fields[0]).orElseThrow();
            assertThat(user.name()).isEqualTo(fields[0]);
            assertThat(user.uid()).isEqualTo(Integer.parseUnsignedInt(fields[2]));
            assertThat(user.gid()).isEqualTo(Integer.parseUnsignedInt(fields[3]));
            assertThat(user.home()).isEqualTo(fields[5]);
            assertThat(Users.userId(fields[0])).hasValue(user.uid());
        }
        assertThat(Users.userName(0)).hasValue("root");
    }

    @Test
    void knowsEveryGroupOfTheFile() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/etc/group"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            String[] fields = line.split(":", -1);
            assertThat(Users.groupId(fields[0])).hasValue(Integer.parseUnsignedInt(fields[2]));
        }
        assertThat(Users.groupName(0)).hasValue("root");
    }

    @Test
    void unknownIsEmpty() {
        assertThat(Users.userName(1_999_999_999)).isEmpty();
        assertThat(Users.groupName(1_999_999_999)).isEmpty();
        assertThat(Users.user("no such user")).isEmpty();
        assertThat(Users.userId("")).isEmpty();
        assertThat(Users.groupId("ro\0ot")).isEmpty();
    }

    @Test
    void groupsOfUserHoldThePrimaryOne() {
        assertThat(Users.groupsOf("root", 4711)).contains(4711);
        assertThat(Users.groupsOf("no such user", 4711)).containsExactly(4711);
    }

    /** After forgetting, the sources answer again: a cache that lost them for good would be empty. */
    @Test
    void forgottenAnswersComeAgain() {
        assertThat(Users.userName(0)).hasValue("root");
        Users.forget();
        assertThat(Users.userName(0)).hasValue("root");
        assertThat(Users.userId("root")).hasValue(0);
    }
}
