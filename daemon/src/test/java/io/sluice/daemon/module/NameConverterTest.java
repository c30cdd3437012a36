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

    /** The first question would else be answered when there is no memory left, the second by what is left of the first answer. */
    @Test
    void answersAreBoundedAndNoneIsTakenForAnother() throws IOException {
        try (NameConverter converter =
                answering("read q; head -c 1023 /dev/zero | tr '\\0' 5; echo; echo 6; read q; echo 7")) {
            assertThat(converter.userName(5))
                    .hasValueSatisfying(name -> assertThat(name).hasSize(1023));
        }
        try (NameConverter converter =
                answering("read q; head -c 1024 /dev/zero | tr '\\0' 5; echo; echo 6; read q; echo 7")) {
            assertThat(converter.userName(5)).isEmpty();
            assertThat(converter.userId("joe")).isEmpty();
            assertThat(converter.groupId("staff")).isEmpty();
        }
        try (NameConverter converter = answering("read q; while :; do printf 5555555555555555555555555; done")) {
            assertThat(converter.userId("joe")).isEmpty();
        }
    }

    /** What was to be 1000 is not 10. */
    @Test
    void anAnswerThatWasCutOffIsNone() throws IOException {
        try (NameConverter converter = answering("read q; printf 10")) {
            assertThat(converter.userId("joe")).isEmpty();
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
