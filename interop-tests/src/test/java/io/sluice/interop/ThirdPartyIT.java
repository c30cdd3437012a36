package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md names the libraries that lie beside Sluice, all of them and no others, each with its version and a licence that may be there. */
class ThirdPartyIT {
    private static final Path TOP = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| ([\\w-]+) \\| ([\\w.-]+) \\| ([^|]+) \\|.*");

    @Test
    void namesEachLibrary() throws IOException {
        Path libraries = TOP.resolve("app/target/lib");
        Assumptions.assumeTrue(Files.isDirectory(libraries), "Sluice is not built");
        Set<String> there = new TreeSet<>();
        try (Stream<Path> jars = Files.list(libraries)) {
            jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("sluice-"))
                    .forEach(there::add);
        }
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(TOP.resolve("THIRD-PARTY.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("library")) {
                named.add(row.group(1) + "-" + row.group(2) + ".jar");
                assertThat(row.group(3)).matches("(Apache-2.0|MIT|BSD-2-Clause|BSD-3-Clause|EPL-2.0)\\b.*");
            }
        }
        assertThat(there).isNotEmpty().isEqualTo(named);
    }
}
