package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.options.TransferOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModesTest {
    private static final byte[] PATH = {'f'};

    private static Modes modes(boolean permissions, boolean executability) {
        return new Modes(
                TransferOptions.DEFAULT
                        .edit(draft -> {
                            draft.permissions = permissions;
                            draft.executability = executability;
                        })
                        .preservation(),
                path -> 0755);
    }

    /** What is here keeps its permissions, but for what the module says of all of its files; a link has none to change. */
    @ParameterizedTest
    @CsvSource({
        "100644, 100666, true, 100600",
        "100644, 0, false, 100600",
        "40755, 40777, true, 40700",
        "120777, 0, false, 120755"
    })
    void aModuleChangesEachMode(String listed, String present, boolean exists, String chosen) {
        Modes modes = new Modes(
                TransferOptions.DEFAULT.edit(draft -> draft.ownChmod = "go=").preservation(), path -> 0755);
        int mode = modes.choose(PATH, Integer.parseInt(listed, 8), Integer.parseInt(present, 8), exists);
        assertThat(Integer.toOctalString(mode)).isEqualTo(chosen);
    }

    /** Modes are octal; each row differs from its neighbours in one fact, as rsync(1) tells under --perms and --executability. */
    @ParameterizedTest
    @CsvSource({
        "true,  false, 104755, 100600, true,  104755", // -p: the sender's
        "true,  false, 104755, 0,      false, 104755",
        "false, false, 104777, 0,      false, 100755", // new: less the umask and the special bits
        "false, false, 100755, 100640, true,  100640", // present: its own
        "false, true,  100755, 100640, true,  100750", // -E: whoever can read can execute
        "false, true,  100644, 100755, true,  100644", // -E: nobody can execute
        "false, true,  100755, 100710, true,  100710", // -E: it is executable already
        "false, true,  40755,  40700,  true,  40700", // -E is for files only
    })
    void followTheOptions(
            boolean permissions, boolean executability, String listed, String present, boolean exists, String chosen) {
        int mode = modes(permissions, executability)
                .choose(PATH, Integer.parseInt(listed, 8), Integer.parseInt(present, 8), exists);
        assertThat(Integer.toOctalString(mode)).isEqualTo(chosen);
    }
}
