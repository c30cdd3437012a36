package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A module's {@code dont compress = *}: what of a text that compresses well travels, by codec, whole and as differences. rsync's daemon is asked first, and
 * Sluice's must send as many bytes, within what their greetings and notices differ.
 */
class DontCompressIT {
    private static final int LINES = 10_000;
    private static final int GREETINGS = 1000;

    private static final String[][] CODECS = {
        {"--zc=zlib"},
        {"--zc=zlibx", "--skip-compress=text"},
        {"--zc=zlib", "--zl=9"},
        {"--zc=lz4"},
        {"--zc=zstd", "--skip-compress=*"}
    };

    @TempDir
    private Path directory;

    private String text = "";

    @BeforeEach
    void makeFiles() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append("line ").append(i).append(" of a text that is compressed well\n");
        }
        text = lines.toString();
        Path file = Files.createDirectories(directory.resolve("data")).resolve("text");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    }

    @Test
    void zlibIsAtItsLowestAndOthersHaveNone() throws Exception {
        Map<String, Long> expected = received(Program.RSYNC, Program.RSYNC, CODECS);
        Map<String, Long> actual = received(Program.RSYNC, Program.SLUICE, CODECS);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((what, bytes) -> {
            long margin = GREETINGS + bytes / 50; // libraries differ a little in what they make of the same
            assertThat(actual.get(what)).as(what).isBetween(bytes - margin, bytes + margin);
        });
        assertThat(actual.get("stored --zc=zlib")).isGreaterThan(text.length());
        assertThat(actual.get("stored --zc=zlibx --skip-compress=text")).isGreaterThan(text.length());
        assertThat(actual.get("packed --zc=zlib")).isLessThan(text.length() / 4);
        assertThat(actual.get("stored --zc=zstd --skip-compress=*")).isLessThan(text.length() / 4);
    }

    /** A client cannot know that the stream it has agreed on is stored. */
    @Test
    void ourClientTakesWhatIsStored() throws Exception {
        Map<String, Long> bytes = received(Program.SLUICE, Program.RSYNC, new String[][] {{"--zc=zlib"}});
        assertThat(bytes.get("stored --zc=zlib")).isGreaterThan(text.length());
        assertThat(bytes.get("stored --zc=zlib, differences")).isLessThan(text.length() / 4);
    }

    private Map<String, Long> received(Program client, Program server, String[][] codecs) throws Exception {
        client.assumeInstalled();
        String path = "path = " + directory.resolve("data") + "\n";
        Map<String, Long> bytes = new TreeMap<>();
        try (DaemonProcess daemon = DaemonProcess.start(
                server,
                directory.resolve("home-" + client + server),
                "[stored]\n" + path + "dont compress = *.gz *\n[packed]\n" + path + "dont compress = *.gz text\n")) {
            for (String module : new String[] {"stored", "packed"}) {
                for (String[] codec : codecs) {
                    String name = module + " " + String.join(" ", codec);
                    Files.deleteIfExists(directory.resolve("text"));
                    bytes.put(name, pull(client, daemon.url(module + "/text"), codec));
                    Files.writeString(directory.resolve("text"), text.replace("line 5000 ", "another line "));
                    bytes.put(name + ", differences", pull(client, daemon.url(module + "/text"), codec));
                }
            }
        }
        return bytes;
    }

    private long pull(Program client, String url, String... codec) throws Exception {
        String[] call = new String[codec.length + 4];
        System.arraycopy(codec, 0, call, 0, codec.length);
        call[codec.length] = "--no-whole-file";
        call[codec.length + 1] = "--stats";
        call[codec.length + 2] = url;
        call[codec.length + 3] = directory.resolve("text").toString();
        Program.Run run = client.run(directory, call);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(directory.resolve("text")).hasContent(text);
        String line = run.lines().stream()
                .filter(each -> each.startsWith("Total bytes received: "))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
