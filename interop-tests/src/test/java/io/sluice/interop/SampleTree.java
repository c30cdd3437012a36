package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Makes trees with whatever a file system can hold, the same for the same seed. */
final class SampleTree {
    private static final int FILES_PER_DIRECTORY = 100;

    private static final long LAST_OLD_SECOND = 1_700_000_000L;
    private static final long SECOND_OF_TREES = 1_400_000_000L;
    private static final long SECOND_OF_EDITS = 1_450_000_000L;

    private final DirectoryHandle root;
    private final Random random;

    private SampleTree(DirectoryHandle root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    /** Ordinary files in directories of a hundred, sizes from 0 to a few KB, every time with nanoseconds. */
    static void plain(Path path, int files, long seed) throws IOException {
        Files.createDirectories(path);
        try (DirectoryHandle root = DirectoryHandle.open(path.toString().getBytes(ISO_8859_1))) {
            new SampleTree(root, seed).files(files);
        }
    }

    /** One of each kind, with awkward names and modes; devices and foreign owners only as root. */
    static void odd(Path path, long seed) throws IOException {
        Files.createDirectories(path);
        try (DirectoryHandle root = DirectoryHandle.open(path.toString().getBytes(ISO_8859_1))) {
            SampleTree tree = new SampleTree(root, seed);
            tree.names();
            tree.modes();
            tree.links();
            tree.nodes();
            tree.owners();
            tree.directories();
            makeOld(root);
        }
    }

    /** rsync takes times within one second for equal, so nothing may have the second in which a test runs. */
    private static void makeOld(DirectoryHandle directory) throws IOException {
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                byte[] name = reader.name();
                if (!directory.status(name, false, status)) {
                    continue;
                }
                boolean isNew = status.mtimeSeconds() > LAST_OLD_SECOND;
                if (status.isDirectory()) {
                    try (DirectoryHandle child = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
                        makeOld(child);
                    }
                }
                if (isNew) {
                    int hash = Arrays.hashCode(name) & 0xFFFFFF;
                    directory.setTimes(name, 0, 0, 1_300_000_000L + hash, hash, false);
                }
            }
        }
    }

    /** Changes a tree of {@link #plain} as work on it would: contents, times, names, new and deleted files. */
    static void edit(Path path, int files, long seed) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.open(path.toString().getBytes(ISO_8859_1))) {
            SampleTree tree = new SampleTree(root, seed);
            for (int i = 0; i < files; i += 7) {
                tree.editOne(i);
            }
            tree.directoryTimes(files, SECOND_OF_EDITS);
        }
    }

    private void editOne(int i) throws IOException {
        byte[] name = bytes(nameOf(i));
        switch (i % 5) {
            case 0 -> write(name, random.nextInt(9_000));
            case 1 -> root.unlink(name);
            case 2 -> time(name);
            case 3 -> root.changeMode(name, 0600 + random.nextInt(0100));
            default -> root.rename(name, root, bytes(nameOf(i) + ".renamed"), 0);
        }
    }

    /** Returns the path below {@code tree} of the regular file whose path comes first. */
    static String firstFile(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return tree.relativize(all.filter(Files::isRegularFile)
                            .sorted()
                            .findFirst()
                            .orElseThrow())
                    .toString();
        }
    }

    private static String nameOf(int i) {
        return "d" + i / FILES_PER_DIRECTORY / 20 + "/e" + i / FILES_PER_DIRECTORY + "/file-" + i;
    }

    private void files(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (i % (FILES_PER_DIRECTORY * 20) == 0) {
                root.makeDirectory(bytes("d" + i / FILES_PER_DIRECTORY / 20), 0755);
            }
            if (i % FILES_PER_DIRECTORY == 0) {
                root.makeDirectory(bytes("d" + i / FILES_PER_DIRECTORY / 20 + "/e" + i / FILES_PER_DIRECTORY), 0755);
            }
            write(bytes(nameOf(i)), i % 50 == 0 ? 0 : random.nextInt(6_000));
        }
        directoryTimes(count, SECOND_OF_TREES);
    }

    /**
     * Directories get times of long ago, others after an edit: rsync takes times of the same second for equal, and a test may make and transfer two trees
     * in one.
     */
    private void directoryTimes(int count, long second) throws IOException {
        for (int i = 0; i < count; i += FILES_PER_DIRECTORY) {
            String parent = "d" + i / FILES_PER_DIRECTORY / 20;
            directoryTime(parent + "/e" + i / FILES_PER_DIRECTORY, second);
            directoryTime(parent, second);
        }
        directoryTime(".", second);
    }

    private void directoryTime(String directory, long second) throws IOException {
        root.setTimes(bytes(directory), 0, 0, second, 5, false);
    }

    private void names() throws IOException {
        root.makeDirectory(bytes("names"), 0755);
        for (String name : new String[] {
            "with space",
            "new\nline",
            "tab\t",
            "bell\u0007",
            "\u00ff\u00fe invalid UTF-8",
            "caf\u00c3\u00a9",
            "back\\slash",
            "quote'\"",
            "-dash",
            "star*",
            "[bracket]",
            "#hash",
            "~tilde",
            "trailing ",
            "\\#123",
            "$HOME",
            ";semi",
            "n".repeat(255)
        }) {
            write(bytes("names/" + name), 10 + random.nextInt(100));
        }
        root.makeDirectory(bytes("names/directory \u00ff\n"), 0755);
        write(bytes("names/directory \u00ff\n/inside"), 5);
    }

    private void modes() throws IOException {
        root.makeDirectory(bytes("modes"), 0755);
        for (int mode = 0; mode <= 07777; mode += 0123) {
            byte[] name = bytes("modes/%04o".formatted(mode));
            write(name, 3);
            root.changeMode(name, mode);
        }
        write(bytes("modes/7777"), 3);
        root.changeMode(bytes("modes/7777"), 07777);
    }

    private void links() throws IOException {
        root.symlink(bytes("names/with space"), bytes("to-file"));
        root.symlink(bytes("nowhere/at all"), bytes("dangling"));
        root.symlink(bytes("/etc/passwd"), bytes("absolute"));
        root.symlink(bytes("\u00ff\n"), bytes("odd-target"));
        root.setTimes(bytes("dangling"), 0, 0, 1_234_567_890L, 987_654_321, false);
    }

    private void nodes() throws IOException {
        root.makeNode(bytes("fifo"), FileMode.FIFO | 0640, 0, 0);
        root.makeNode(bytes("socket"), FileMode.SOCKET | 0600, 0, 0);
        if (Identity.effectiveUser() == 0) {
            root.makeNode(bytes("null"), FileMode.CHARACTER_DEVICE | 0666, 1, 3);
            root.makeNode(bytes("loop"), FileMode.BLOCK_DEVICE | 0660, 7, 1000);
        }
    }

    private void owners() throws IOException {
        write(bytes("owned"), 7);
        if (Identity.effectiveUser() == 0) {
            root.changeOwner(bytes("owned"), 1234, 5678);
            root.changeOwner(bytes("dangling"), 65534, 65534);
        }
    }

    private void directories() throws IOException {
        root.makeDirectory(bytes("empty"), 0755);
        root.changeMode(bytes("empty"), 01777);
        byte[] deep = bytes("deep");
        root.makeDirectory(deep, 0750);
        String path = "deep";
        for (int i = 0; i < 30; i++) {
            path += "/level-" + i;
            root.makeDirectory(bytes(path), 0755);
        }
        write(bytes(path + "/bottom"), 1);
        root.setTimes(bytes("empty"), 0, 0, 1_000_000_000L, 1, false);
        root.setTimes(deep, 0, 0, 1_100_000_000L, 999_999_999, false);
    }

    private void write(byte[] name, int length) throws IOException {
        byte[] content = new byte[length];
        random.nextBytes(content);
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        try (OpenFile file = root.openFile(name, flags, 0644, Resolve.NONE)) {
            file.write(content, 0, length);
        }
        time(name);
    }

    private void time(byte[] name) throws IOException {
        root.setTimes(name, 0, 0, 1_500_000_000L + random.nextInt(100_000_000), random.nextInt(1_000_000_000), false);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(ISO_8859_1);
    }
}
