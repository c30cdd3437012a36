package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row of the table, on files that are there, have other names, or are gone: a bit too many or too few is another number. */
class NoticedTest {
    private static final int WRITTEN = Dirt.SINGLE | Dirt.CONTENT;

    private final Path source;
    private final LinkedNames links = new LinkedNames(true);
    private final Noticed noticed;

    NoticedTest(@TempDir Path source) throws IOException {
        this.source = source;
        this.noticed = new Noticed(bytes(source.toString()), links);
        Files.writeString(source.resolve("alone"), "x");
        Files.writeString(source.resolve("one"), "x");
        Files.createLink(source.resolve("two"), source.resolve("one"));
    }

    @AfterEach
    void close() throws IOException {
        noticed.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int dirt(String path, ChangeKind... kinds) {
        return noticed.dirt(new Change(bytes(path), Set.of(kinds), path.equals("directory")), false);
    }

    @Test
    void tellsWhatSizeAndTimeNeedNotShow() {
        assertThat(dirt("alone", ChangeKind.CONTENT_COMPLETE)).isEqualTo(WRITTEN);
        assertThat(dirt("alone", ChangeKind.ATTRIBUTES)).isEqualTo(Dirt.SINGLE);
        assertThat(dirt("alone", ChangeKind.CREATED)).isEqualTo(Dirt.SINGLE);
        assertThat(dirt("alone", ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE))
                .isEqualTo(WRITTEN);
        assertThat(dirt("alone", ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE, ChangeKind.ARRIVED))
                .isEqualTo(Dirt.SINGLE | Dirt.REPLACED);
        assertThat(dirt("gone", ChangeKind.REMOVED)).isEqualTo(Dirt.SINGLE | Dirt.REPLACED);
        assertThat(dirt("directory", ChangeKind.REMOVED)).isEqualTo(Dirt.SUBTREE | Dirt.REPLACED);
        assertThat(dirt("directory", ChangeKind.CREATED, ChangeKind.SUBTREE)).isEqualTo(Dirt.SUBTREE);
        assertThat(dirt("", ChangeKind.SUBTREE)).isEqualTo(Dirt.SUBTREE);
    }

    /** A second name is no reason to read a file; a change by one of several names concerns all, also when that is gone. */
    @Test
    void takesNoteOfFilesWithSeveralNames() throws IOException {
        assertThat(dirt("two", ChangeKind.CREATED, ChangeKind.CONTENT_COMPLETE)).isEqualTo(Dirt.SINGLE);
        Files.delete(source.resolve("two"));
        assertThat(dirt("two", ChangeKind.CONTENT_COMPLETE)).isEqualTo(WRITTEN | Dirt.LINKED);
        assertThat(dirt("two", ChangeKind.ATTRIBUTES)).isEqualTo(Dirt.SINGLE | Dirt.LINKED);
        assertThat(dirt("two", ChangeKind.REMOVED)).isEqualTo(Dirt.SINGLE | Dirt.REPLACED);
        Change removed = new Change(bytes("two"), Set.of(ChangeKind.REMOVED), false);
        assertThat(noticed.dirt(removed, true)).isEqualTo(WRITTEN | Dirt.REPLACED | Dirt.LINKED);
        assertThat(dirt("never", ChangeKind.CONTENT_COMPLETE)).isEqualTo(WRITTEN);
    }

    /** Who writes for long may lose the name meanwhile. */
    @Test
    void takesNoteOfAFileThatIsBeingWrittenTo() {
        noticed.grows(bytes("one"));
        assertThat(links.hasSeen(bytes("one")))
                .as("in a tree without such files nobody looks")
                .isFalse();
        dirt("two", ChangeKind.CONTENT_COMPLETE);
        noticed.grows(bytes("one"));
        assertThat(links.hasSeen(bytes("one"))).isTrue();
    }

    /** Of an excluded name only what concerns others of its file: never that it is there, gone or another one. */
    @Test
    void tellsOfAnExcludedNameWhatConcernsOthers() {
        assertThat(dirtOfOthers("two", false, ChangeKind.CONTENT_COMPLETE)).isEqualTo(Dirt.LINKED | Dirt.CONTENT);
        assertThat(dirtOfOthers("two", false, ChangeKind.ATTRIBUTES)).isEqualTo(Dirt.LINKED);
        assertThat(dirtOfOthers("two", false, ChangeKind.REMOVED)).isZero();
        assertThat(dirtOfOthers("two", true, ChangeKind.REMOVED)).isEqualTo(Dirt.LINKED | Dirt.CONTENT);
        assertThat(dirtOfOthers("two", false, ChangeKind.CREATED)).isZero();
        assertThat(dirtOfOthers("alone", false, ChangeKind.CONTENT_COMPLETE)).isZero();
        assertThat(dirtOfOthers("gone", true, ChangeKind.REMOVED)).isZero();
    }

    private int dirtOfOthers(String path, boolean growing, ChangeKind... kinds) {
        return noticed.dirtOfOthers(new Change(bytes(path), Set.of(kinds), false), growing);
    }
}
