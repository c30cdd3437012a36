package io.sluice.watcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.config.MirrorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reload does to mirrors that run. Their replicas refuse every connection, and what is said of that is left out. */
@Timeout(60)
class RunningMirrorsTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RunningMirrors mirrors = new RunningMirrors(this::log, MirrorStatus.none());

    @BeforeEach
    void makeSources() throws IOException {
        Files.createDirectories(directory.resolve("one"));
        Files.createDirectories(directory.resolve("two"));
        Files.createDirectories(directory.resolve("three"));
    }

    @AfterEach
    void close() throws InterruptedException {
        mirrors.close();
    }

    private MirrorLog log(String section) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new MirrorLog(
                section,
                0,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String section(String name, String more) {
        return "[" + name + "]\npath = " + directory + "/" + name + "\nreplicas = rsync://127.0.0.1:1/" + name + "\n"
                + more;
    }

    private Path file(String... sections) throws IOException {
        return Files.writeString(directory.resolve("mirror.conf"), String.join("", sections));
    }

    private List<String> said(ByteArrayOutputStream stream) {
        List<String> lines = stream.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring("1970-01-01 00:00:00.000 ".length())
                        .replace(directory + "/", "")
                        .replaceFirst("(watching .*) by .*", "$1"))
                .filter(line -> !line.contains("refused"))
                .toList();
        stream.reset();
        return lines;
    }

    private void start(String... sections) throws IOException {
        mirrors.start(MirrorFile.read(file(sections), Map.of()));
    }

    private void reload() {
        new Reload(directory.resolve("mirror.conf"), Map.of(), mirrors, log(""), Optional.empty()).run();
    }

    /** That the rest of the file counts is told as ever; a line that does not is never passed over in silence. */
    @Test
    void saysThatAStatusAddressCountsAtTheStart() throws IOException {
        start(section("one", ""));
        said(out);
        file("status address = 127.0.0.1:8730\n", section("one", ""));
        reload();
        assertThat(said(out)).containsExactly("configuration is read: mirroring 1 source to 1 replica");
        assertThat(said(err))
                .containsExactly(
                        "status address, status token file: changed (expected: as at the start; a restart makes"
                                + " the change count)");
        file(section("one", ""));
        reload();
        assertThat(said(err)).isEmpty();
    }

    @Test
    void leavesAloneWhatSaysTheSame() throws IOException {
        start(section("one", ""), section("two", ""));
        assertThat(said(out)).containsExactly("[one] watching one", "[two] watching two");
        file("# moved, and with a word more\n", section("two", ""), section("one", "\n"));
        reload();
        assertThat(said(out)).containsExactly("configuration is read: mirroring 2 sources to 2 replicas");
    }

    @Test
    void beginsAnewWhatChangedEndsWhatLeftAndBeginsWhatCame() throws IOException {
        start(section("one", ""), section("two", ""));
        said(out);
        file(section("one", "exclude = *.tmp\n"), section("three", ""));
        reload();
        assertThat(said(out))
                .containsExactly(
                        "[one] begins anew: its section changed",
                        "[two] ends: the configuration has it no more",
                        "[one] watching one",
                        "[three] watching three",
                        "configuration is read: mirroring 2 sources to 2 replicas");
    }

    private String to(String... replicas) {
        return "[one]\npath = " + directory + "/one\nreplicas = rsync://127.0.0.1:1/"
                + String.join(" rsync://127.0.0.1:1/", replicas) + "\n";
    }

    @Test
    void goesOnWithTheReplicasThatStay() throws IOException {
        start(to("a", "b", "c"));
        said(out);
        file(to("d", "c", "a"));
        reload();
        assertThat(said(out))
                .containsExactly(
                        "[one] replicas changed: 1 gone, 1 new, 2 as before",
                        "configuration is read: mirroring 1 source to 3 replicas");
        file(to("a", "c", "d"));
        reload();
        assertThat(said(out)).contains("[one] replicas changed: 0 gone, 0 new, 3 as before");
        file(to("x"));
        reload();
        assertThat(said(out))
                .containsExactly(
                        "[one] replicas changed: 3 gone, 1 new, 0 as before",
                        "configuration is read: mirroring 1 source to 1 replica");
        assertThat(said(err)).isEmpty();
    }

    /** From one that is there already to one that is there already, both ways: a replica is never had by both. */
    @Test
    void aReplicaGoesFromOneSourceToAnother() throws IOException {
        start(section("one", "replicas = rsync://127.0.0.1:1/x\n"), section("two", ""));
        said(out);
        file(section("two", "replicas = rsync://127.0.0.1:1/x\n"), section("one", ""));
        reload();
        assertThat(said(out)).contains("configuration is read: mirroring 2 sources to 3 replicas");
        file(section("two", ""), section("one", "replicas = rsync://127.0.0.1:1/x\n"));
        reload();
        assertThat(said(out)).contains("configuration is read: mirroring 2 sources to 3 replicas");
        assertThat(said(err)).isEmpty();
    }

    /** What runs is not to end because a replica happens to be down while the file is read. */
    @Test
    void insistsWhenItReadsItsFileAnew() throws IOException {
        start(section("one", ""));
        said(out);
        file(section("one", "insist = no\n"));
        reload();
        assertThat(said(out)).contains("[one] watching one", "configuration is read: mirroring 1 source to 1 replica");
    }

    @Test
    void keepsWhatItHadWhenTheFileMakesNoSense() throws IOException {
        start(section("one", ""));
        said(out);
        said(err);
        file(section("one", "colour = blue\nsettle = soon\n"));
        reload();
        assertThat(said(out)).isEmpty();
        assertThat(said(err)).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("mirror.conf:4: error: parameter: colour");
            assertThat(lines.get(1)).startsWith("mirror.conf:5: error: settle: soon");
            assertThat(lines.get(2)).isEqualTo("configuration is kept as it was");
        });
        assertThat(mirrors.summary()).isEqualTo("mirroring 1 source to 1 replica");
        Files.delete(directory.resolve("mirror.conf"));
        reload();
        assertThat(said(err))
                .containsExactly("configuration is kept as it was: mirror.conf: No such file or directory");
        assertThat(mirrors.summary()).isEqualTo("mirroring 1 source to 1 replica");
    }

    @Test
    void beginsNothingOnceItIsClosed() throws Exception {
        start(section("one", ""));
        mirrors.close();
        said(out);
        reload();
        assertThat(said(out)).containsExactly("configuration is read: mirroring 0 sources to 0 replicas");
    }
}
