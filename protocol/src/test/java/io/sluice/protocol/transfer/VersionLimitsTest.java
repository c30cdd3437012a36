package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.VersionException;
import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rsync says of options that a version has not, and which it changes silently. */
class VersionLimitsTest {
    private static Session session(int version) {
        return Sessions.plain(Side.SENDER, false, version);
    }

    @ParameterizedTest
    @CsvSource({"29, VERIFY", "27, VERIFY", "30, BLIND", "32, BLIND"})
    void whatIsAppendedToIsVerifiedBeforeProtocol30(int version, Append expected) {
        TransferOptions blind = TransferOptions.DEFAULT.edit(draft -> draft.append = Append.BLIND);
        assertThat(VersionLimits.settled(session(version), blind).placement().append())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "A, 29, false, --acls requires protocol 30 or higher (negotiated 29).",
        "X, 28, false, --xattrs requires protocol 30 or higher (negotiated 28).",
        "y, 28, false, --fuzzy requires protocol 29 or higher (negotiated 28).",
        "y, 28, true, --fuzzy requires protocol 29 or higher (negotiated 28)."
    })
    void namesTheOptionThatIsTooNew(char letter, int version, boolean local, String words) {
        assertThatThrownBy(() -> VersionLimits.check(session(version), options(letter, local)))
                .isInstanceOfSatisfying(
                        VersionException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PROTOCOL))
                .hasMessage(words);
    }

    @ParameterizedTest
    @CsvSource({"A, 29, true", "X, 29, true", "A, 30, false", "y, 29, false"})
    void allowsTheRest(char letter, int version, boolean local) {
        assertThatCode(() -> VersionLimits.check(session(version), options(letter, local)))
                .doesNotThrowAnyException();
    }

    private static TransferOptions options(char letter, boolean local) {
        return TransferOptions.DEFAULT.edit(draft -> {
            draft.acls = letter == 'A';
            draft.xattrs = letter == 'X' ? 1 : 0;
            draft.fuzzy = letter == 'y' ? 1 : 0;
            draft.local = local;
        });
    }
}
