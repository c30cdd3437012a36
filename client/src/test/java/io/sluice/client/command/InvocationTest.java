package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arguments recovered from a process's command line; the decoded text alone could not give these bytes. */
class InvocationTest {
    @Test
    void takesTheLastWordsByteForByte() {
        byte[] line = ByteText.bytes("java\0-cp\0x\0Main\0-a\0\377\303(\0dst\0");
        assertThat(Invocation.lastWords(line, List.of("-a", "\ufffd\ufffd(", "dst")))
                .containsExactly("-a", "\377\303(", "dst");
    }

    @Test
    void keepsEmptyArguments() {
        byte[] line = ByteText.bytes("java\0Main\0\0\303\251\0");
        assertThat(Invocation.lastWords(line, List.of("", "\u00e9"))).containsExactly("", "\303\251");
    }

    @Test
    void encodesTheTextWhenTheCommandLineIsAnotherOne() {
        byte[] line = ByteText.bytes("java\0Main\0other\0\303\251\0");
        assertThat(Invocation.lastWords(line, List.of("mine", "\u00e9")))
                .extracting(word -> new String(ByteText.bytes(word), StandardCharsets.UTF_8))
                .containsExactly("mine", "\u00e9");
        assertThat(Invocation.lastWords(new byte[0], List.of("\u00e9"))).containsExactly("\303\251");
    }
}
