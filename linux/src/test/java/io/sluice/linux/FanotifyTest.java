package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events are queued by the call that causes them, so each test reads them without waiting; those of others on the same
 * file system are told by their process.
 */
@Timeout(60)
class FanotifyTest {
    private static final int CHANGES = FanotifyMask.CREATE
            | FanotifyMask.CLOSE_WRITE
            | FanotifyMask.DELETE
            | FanotifyMask.ATTRIBUTES
            | FanotifyMask.RENAME
            | FanotifyMask.ON_DIRECTORY;

    @TempDir
    Path root;

    private DirectoryHandle directory;
    private Fanotify fanotify;
    private final FanotifyEvents events = new FanotifyEvents();

    @BeforeEach
    void open() throws IOException {
        Root.assume();
        directory = Names.open(root);
        fanotify = Fanotify.open();
        fanotify.markFileSystem(directory, CHANGES);
    }

    @AfterEach
    void close() throws IOException {
        if (fanotify != null) {
            fanotify.close();
            directory.close();
        }
    }

    /** One event, copied out of the buffer: where it is now, by the kernel, and what. */
    private record Event(int mask, String path, String newPath) {}

    private List<Event> readOwn() throws IOException {
        List<Event> all = new ArrayList<>();
        while (fanotify.read(events, 0)) {
            while (events.next()) {
                if (events.pid() == ProcessHandle.current().pid()) {
                    all.add(new Event(events.mask(), path(events.place()), path(events.newPlace())));
                }
            }
        }
        return all;
    }

    private String path(int place) throws IOException {
        if (place == FanotifyEvents.NOWHERE) {
            return "";
        }
        try (DirectoryHandle parent = events.open(place, directory)) {
            String name = new String(events.name(place), StandardCharsets.ISO_8859_1);
            return parent == null
                    ? "gone/" + name
                    : new String(parent.kernelPath(), StandardCharsets.UTF_8).replace(root.toString(), "") + "/" + name;
        }
    }

    @Test
    void tellsDirectoriesAndNames() throws IOException {
        String name = "n\u00FF\n";
        directory.makeDirectory(Names.bytes("d"), 0700);
        Names.write(directory, name, "x");
        directory.rename(Names.bytes(name), directory, Names.bytes("new"), 0);
        directory.changeMode(Names.bytes("d"), 0755);
        assertThat(readOwn())
                .containsExactly(
                        new Event(FanotifyMask.CREATE | FanotifyMask.ON_DIRECTORY, "/d", ""),
                        new Event(FanotifyMask.CREATE | FanotifyMask.CLOSE_WRITE, "/" + name, ""),
                        new Event(FanotifyMask.RENAME, "/" + name, "/new"),
                        new Event(FanotifyMask.ATTRIBUTES | FanotifyMask.ON_DIRECTORY, "/d/", ""));
    }

    /** Two events of one directory have one key; it leads to where the directory is now, and nowhere when that is gone. */
    @Test
    void findsADirectoryWhereverItIs() throws IOException {
        directory.makeDirectory(Names.bytes("d"), 0700);
        directory.makeDirectory(Names.bytes("e"), 0700);
        assertThat(readOwn()).hasSize(2);
        try (DirectoryHandle d = directory.openDirectory(Names.bytes("d"), Resolve.BENEATH)) {
            d.makeDirectory(Names.bytes("one"), 0700);
            directory.rename(Names.bytes("d"), directory, Names.bytes("moved"), 0);
            d.makeDirectory(Names.bytes("two"), 0700);
        }
        assertThat(readOwn().stream().map(Event::path)).containsExactly("/moved/one", "/d", "/moved/two");
        try (DirectoryHandle d = directory.openDirectory(Names.bytes("moved"), Resolve.BENEATH)) {
            d.removeDirectory(Names.bytes("one"));
            d.removeDirectory(Names.bytes("two"));
        }
        directory.removeDirectory(Names.bytes("moved"));
        assertThat(readOwn().stream().map(Event::path)).containsExactly("gone/one", "gone/two", "/moved");
    }

    /**
     * The numbers of removed directories are given to new ones at once; a directory that is looked for at that very moment
     * is gone, and nothing else is wrong. Among these hundred thousand tries some meet that moment.
     */
    @Test
    void takesADirectoryForGoneWhoseNumberIsBeingUsedAgain() throws Exception {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            directory.makeDirectory(Names.bytes("d" + i), 0700);
            directory.changeMode(Names.bytes("d" + i), 0755);
        }
        fanotify.read(events, 0);
        while (events.next()) {
            if (events.has(FanotifyMask.ATTRIBUTES)
                    && events.pid() == ProcessHandle.current().pid()) {
                places.add(events.place());
            }
        }
        assertThat(places).hasSize(20);
        for (int i = 0; i < 20; i++) {
            directory.removeDirectory(Names.bytes("d" + i));
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread maker = Thread.ofPlatform().start(() -> makeAndRemoveDirectories(stop));
        try {
            for (int i = 0; i < 100_000; i++) {
                assertThat(events.open(places.get(i % 20), directory)).isNull();
            }
        } finally {
            stop.set(true);
            maker.join();
        }
    }

    private void makeAndRemoveDirectories(AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                for (int i = 0; i < 20; i++) {
                    directory.makeDirectory(Names.bytes("n" + i), 0700);
                }
                for (int i = 0; i < 20; i++) {
                    directory.removeDirectory(Names.bytes("n" + i));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void knowsADirectoryByItsKey() throws IOException {
        directory.makeDirectory(Names.bytes("d"), 0700);
        try (DirectoryHandle d = directory.openDirectory(Names.bytes("d"), Resolve.BENEATH)) {
            d.makeDirectory(Names.bytes("one"), 0700);
            d.makeDirectory(Names.bytes("two"), 0700);
        }
        List<byte[]> keys = new ArrayList<>();
        List<Integer> hashes = new ArrayList<>();
        assertThat(fanotify.read(events, 0)).isTrue();
        while (events.next()) {
            if (events.pid() == ProcessHandle.current().pid()) {
                keys.add(events.directory(events.place()));
                hashes.add(events.directoryHash(events.place()));
                assertThat(events.isDirectory(events.place(), keys.getLast())).isTrue();
                assertThat(events.fileSystem(events.place()))
                        .isEqualTo(directory.fileSystem().id());
                if (keys.size() == 2) {
                    assertThat(events.isDirectory(events.place(), keys.getFirst()))
                            .isFalse();
                }
            }
        }
        assertThat(keys).hasSize(3);
        assertThat(Arrays.equals(keys.get(1), keys.get(2))).isTrue();
        assertThat(hashes.get(1)).isEqualTo(hashes.get(2));
    }

    /**
     * What is created, renamed and removed is known by one key, which a look at it would have told too. Two events of one
     * thing by one name are one.
     */
    @Test
    void tellsWhatAnEventIsAboutByItsOwnKey() throws IOException {
        try (Fanotify withTargets = Fanotify.openWithTargets()) {
            withTargets.markFileSystem(
                    directory,
                    FanotifyMask.CREATE
                            | FanotifyMask.DELETE
                            | FanotifyMask.MOVED_FROM
                            | FanotifyMask.MOVED_TO
                            | FanotifyMask.CLOSE_WRITE
                            | FanotifyMask.ON_DIRECTORY);
            directory.makeDirectory(Names.bytes("d"), 0700);
            byte[] key = directory.eventKey(Names.bytes("d"), false);
            directory.rename(Names.bytes("d"), directory, Names.bytes("e"), 0);
            directory.removeDirectory(Names.bytes("e"));
            Names.write(directory, "f", "x");
            byte[] fileKey = directory.eventKey(Names.bytes("f"), false);
            byte[] ownKey = directory.eventKey(new byte[0], false);
            List<String> told = new ArrayList<>();
            while (withTargets.read(events, 0)) {
                while (events.next()) {
                    if (events.pid() == ProcessHandle.current().pid()) {
                        assertThat(events.directory(events.place())).isEqualTo(ownKey);
                        byte[] expected = events.has(FanotifyMask.ON_DIRECTORY) ? key : fileKey;
                        assertThat(events.directory(events.target())).isEqualTo(expected);
                        told.add(new String(events.name(events.place()), StandardCharsets.ISO_8859_1));
                    }
                }
            }
            assertThat(told).containsExactly("d", "e", "f");
        }
    }

    @Test
    void opensADirectoryByItsHandle() throws IOException {
        try (DirectoryHandle again = Objects.requireNonNull(directory.reopenByHandle())) {
            assertThat(again.kernelPath()).isEqualTo(directory.kernelPath());
        }
    }
}
