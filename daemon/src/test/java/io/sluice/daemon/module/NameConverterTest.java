package io.sluice.daemon.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.config.LogTarget;
import io.sluice.daemon.log.DaemonLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a converter's answers mean. No answer that is no plain number may ever stand for root. */
class NameConverterTest {
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final DaemonLog log =
            new DaemonLog(new PrintStream(messages, true, StandardCharsets.UTF_8), Clock.systemUTC());

    private NameConverter answering(String script) throws IOException {
        return NameConverter.start(
                script, Map.of(), Optional.empty(), log.connection(new LogTarget("/dev/null", 24, "rsyncd")));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "0, 0",
        "4294967295, -1",
        "'', ",
        "root, ",
        "-1, ",
        "+5, ",
        "0x10, ",
        "' 7', ",
        "'7 ', ",
        "4294967296, ",
        "99999999999999999999, ",
        "٣, "
    })
    void onlyAPlainNumberIsAnId(String answer, Integer id) throws IOException {
        try (NameConverter converter = answering("while read q; do echo '" + answer + "'; done")) {
            OptionalInt expected = id == null ? OptionalInt.empty() : OptionalInt.of(id);
            assertThat(converter.userId("joe")).isEqualTo(expected);
            assertThat(converter.groupId("staff")).isEqualTo(expected);
        }
    }

    /** The program would answer each of the two questions, and every answer after that would be to the question before. */
    @Test
    void aNameOfTwoLinesIsNoQuestion() throws IOException {
        try (NameConverter converter =
                answering("while read kind name; do case $name in joe) echo 5;; *) echo 0;; esac; done")) {
            assertThat(converter.userId("bob\nusr root")).isEmpty();
            assertThat(converter.userId("bob\rx")).isEmpty();
            assertThat(converter.userId("x".repeat(2000))).isEmpty();
            assertThat(converter.userId("joe")).hasValue(5);
        }
    }

    @Test
    void aProgramThatHasEndedKnowsNobody() throws IOException {
        try (NameConverter converter = answering("exit 0")) {
            assertThat(converter.userId("joe")).isEmpty();
            assertThat(converter.userName(5)).isEmpty();
        }
    }
}
