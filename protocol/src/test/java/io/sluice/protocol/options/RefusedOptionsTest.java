package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code refuse options}, with the answers of a rsync 3.5.0 daemon; a pattern that matched too little or too much gives another answer. */
class RefusedOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "delete* !delete-during, -r --delete, --delete",
        "delete* !delete-during, -r --delete-during, --delete",
        "delete* !delete-during, -r --delete-excluded, --delete-excluded",
        "delete* !delete-during, -r --delete-before, --delete-before",
        "delete, -r --delete-during, --delete",
        "delete, -r --delete-excluded, --delete",
        "delete, -r --delete-missing-args, --delete",
        "delete, -d --no-r --delete, --delete",
        "* !a !delete !v, -r --delete, --delete-before",
        "* !a !delete !v, -r --delete-during, --delete-during",
        "* !a !delete !v, -rz, --compress (-z)",
        "* !a !delete !v, -r --partial, --partial",
        "* !a !delete !v, -r --delay-updates, --delay-updates",
        "* !a !delete !v, -r --no-specials, --no-specials",
        "* !a !delete !v, -d --no-r, --no-r",
        "* !a !delete !v, -H, --hard-links (-H)",
        "compress, -r --compress-level=3, --compress (-z)",
        "compress, -r --new-compress, --compress (-z)",
        "partial inplace, -r --inplace, --inplace",
        "partial, -r --inplace, --partial",
        "no-*, -r --no-specials, --no-specials",
        "log-format, -r --log-format=%i, --log-format",
        "out-format, -r --log-format=%i, --log-format",
        "a, -r, --recursive (-r)",
        "archive, -rl, --recursive (-r)",
        "a, -t, --times (-t)",
        "a, -D, -D",
        "delete-during, -r --del, --del",
        "no-iconv, -r, --no-iconv",
        "c*, -r --cc=md5, --cc",
    })
    void refuses(String patterns, String arguments, String named) {
        assertThatThrownBy(() -> parse(patterns, arguments))
                .isInstanceOf(TransferException.class)
                .hasMessage("The server is configured to refuse " + named)
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.UNSUPPORTED));
    }

    @ParameterizedTest
    @CsvSource({
        "* !a !delete !v, -rlptgoDv",
        "* !a !delete !v, -rne.iLsf --log-format=%i --checksum-seed=4",
        "* !r, -rn",
        "log-format, -v",
        "delete, -r --force",
        "compress, -r",
        "!, -r",
        "nonesuch, -r",
    })
    void allows(String patterns, String arguments) throws Exception {
        assertThat(parse(patterns, arguments).paths()).hasSize(1);
    }

    /** With only one of both times refused, a deletion without a time takes the other. */
    @Test
    void choosesTheTimeThatIsAllowed() throws Exception {
        assertThat(mode("delete-before", "-r --delete")).isEqualTo(Mode.DURING);
        assertThat(mode("delete-during", "-r --delete-excluded")).isEqualTo(Mode.BEFORE);
        assertThat(mode("delete-after", "-r --delete")).isEqualTo(Mode.PLAIN);
    }

    private static Mode mode(String patterns, String arguments) throws TransferException {
        return parse(patterns, arguments).options().deletion().mode();
    }

    private static ServerArguments parse(String patterns, String arguments) throws TransferException {
        List<byte[]> list = Stream.of(("--server " + arguments + " . x").split(" "))
                .map(argument -> argument.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        return ServerArguments.parse(list, List.of(patterns.split(" ")));
    }
}
