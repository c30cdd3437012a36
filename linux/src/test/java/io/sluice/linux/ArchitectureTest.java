package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables that depend on the processor. */
class ArchitectureTest {
    @ParameterizedTest
    @CsvSource({"amd64, X86_64", "x86_64, X86_64", "aarch64, AARCH64", "arm64, AARCH64"})
    void isChosenByTheJvmsName(String osArch, Architecture expected) {
        assertThat(Architecture.of(osArch)).isEqualTo(expected);
    }

    @Test
    void refusesProcessorsWithoutTable() {
        assertThatThrownBy(() -> Architecture.of("riscv64"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("os.arch: riscv64 (expected: amd64 or aarch64)");
    }

    /** The kernel's own headers, where the machine has them; the newest calls may be missing there. */
    @Test
    void callNumbersAreThoseOfTheKernelsHeaders() throws IOException, IllegalAccessException {
        boolean x86 = Architecture.CURRENT == Architecture.X86_64;
        Path header =
                Path.of(x86 ? "/usr/include/x86_64-linux-gnu/asm/unistd_64.h" : "/usr/include/asm-generic/unistd.h");
        Assumptions.assumeTrue(Files.exists(header), "left out: needs " + header + " (linux-libc-dev)");
        Map<String, Integer> known = Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)")
                .matcher(Files.readString(header))
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> Integer.valueOf(m.group(2)), (a, b) -> a));
        int checked = 0;
        for (Field field : CallNumber.class.getDeclaredFields()) {
            Integer expected = known.get(field.getName().toLowerCase(Locale.ROOT));
            if (expected != null) {
                assertThat(field.getInt(null)).as(field.getName()).isEqualTo(expected);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(40);
    }
}
