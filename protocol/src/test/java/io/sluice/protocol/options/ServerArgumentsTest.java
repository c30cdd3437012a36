package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Server arguments as rsync writes them, and what is written read back; the expected text came from rsync 3.5.0. */
class ServerArgumentsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.sluice.protocol.options.ServerCommandLines#rows")
    void pushesAsRsyncDoes(String commandLine, TransferOptions options, String push, String pull) throws Exception {
        assertThat(join(arguments(Side.SENDER, options).format())).isEqualTo("--server " + push + " . dst");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.sluice.protocol.options.ServerCommandLines#rows")
    void pullsAsRsyncDoes(String commandLine, TransferOptions options, String push, String pull) throws Exception {
        assertThat(join(arguments(Side.RECEIVER, options).format())).isEqualTo("--server --sender " + pull + " . dst");
    }

    /** Were an option dropped or misread, writing what was read would not give the same arguments again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.sluice.protocol.options.ServerCommandLines#rows")
    void readsBackWhatIsWritten(String commandLine, TransferOptions options, String push, String pull)
            throws Exception {
        for (Side side : Side.values()) {
            ServerArguments written = arguments(side, options);
            ServerArguments read = ServerArguments.parse(written.format(), List.of());
            assertThat(join(read.format())).isEqualTo(join(written.format()));
            assertThat(read.clientSide()).isEqualTo(side);
            assertThat(read.capabilities()).isEqualTo(written.capabilities());
            ServerArguments again = ServerArguments.parse(read.format(), List.of());
            assertThat(again.options()).isEqualTo(read.options());
        }
    }

    /** Captured from rsync with {@code --temp-dir=} and {@code --link-dest= --link-dest=/x}: a name that is empty is one all the same. */
    @Test
    void sendsAndReadsNamesThatAreEmpty() throws Exception {
        OptionDraft draft = new OptionDraft();
        draft.temporaryDirectory = "";
        draft.addBasis(BasisOptions.Kind.LINK, "");
        draft.addBasis(BasisOptions.Kind.LINK, "/x");
        ServerArguments written = new ServerArguments(Side.SENDER, draft.toOptions(), "", false, List.of(bytes("dst")));
        assertThat(written.format())
                .containsSequence(
                        bytes("--temp-dir"),
                        bytes(""),
                        bytes("--link-dest"),
                        bytes(""),
                        bytes("--link-dest"),
                        bytes("/x"));
        assertThat(ServerArguments.parse(written.format(), List.of()).options().placement())
                .isEqualTo(draft.toOptions().placement());
        assertThat(TransferOptions.DEFAULT.placement().temporaryDirectory()).isNull();
    }

    /** Bytes captured from {@code rsync -avs --timeout=5 "host:a b*" host:~x dst}. */
    @Test
    void secludesAllButTheLetters() throws Exception {
        OptionDraft draft = ServerCommandLines.archive();
        draft.verbosity = 1;
        draft.timeout = 5;
        ServerArguments arguments = new ServerArguments(
                Side.RECEIVER, draft.toOptions(), "iLsfxCIvu", true, List.of(bytes("a b*"), bytes("~x")));
        assertThat(join(arguments.format())).isEqualTo("--server --sender -svlogDtpre.iLsfxCIvu");
        assertThat(arguments.formatSecluded(ServerArguments.Extras.NONE))
                .containsExactly(bytes("rsync"), bytes("--timeout=5"), bytes("."), bytes("a b*"), bytes("~x"));

        assertThat(ServerArguments.parse(arguments.format(), List.of()).secluded())
                .isTrue();
        List<byte[]> all = new ArrayList<>(arguments.format());
        all.addAll(arguments.formatSecluded(ServerArguments.Extras.NONE).subList(1, 5));
        ServerArguments read = ServerArguments.parse(all, List.of());
        assertThat(read.options().limits().timeout()).isEqualTo(5);
        assertThat(read.paths()).containsExactly(bytes("a b*"), bytes("~x"));
    }

    private static ServerArguments arguments(Side side, TransferOptions options) {
        return new ServerArguments(
                side, options, ServerArguments.capabilities(side, options), false, List.of(bytes("dst")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String join(List<byte[]> arguments) {
        return String.join(
                " ",
                arguments.stream()
                        .map(argument -> new String(argument, StandardCharsets.ISO_8859_1))
                        .toList());
    }
}
