package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.FileTimes;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that can be done to a site's files, at random, with few names, so that edits meet: they create, write,
 * rename over one another, link and remove. An edit for which there is no such place just fails.
 */
final class SiteEdits implements AutoCloseable {
    private static final int MAX_OPEN = 3;
    private static final int MAX_DEPTH = 4;
    private static final int LARGE = 300_000;
    private static final long HEARING_NANOS = 40_000_000;
    private static final String[] NAMES = {
        "a",
        "b",
        "index.html",
        "with space",
        "-dash",
        "\u00FF\u00FE",
        "\u00E9\u00A9",
        "new\nline",
        "x".repeat(200),
        ".hidden"
    };

    /** What an edit does. */
    enum Kind {
        WRITE,
        APPEND,
        IN_PLACE,
        TRUNCATE,
        REPLACE,
        RENAME,
        EXCHANGE,
        LINK,
        SYMLINK,
        MAKE_DIRECTORY,
        REMOVE,
        REMOVE_ALL,
        MODE,
        TIMES,
        OWNER,
        ATTRIBUTE,
        NODE,
        BURST,
        OPEN_AND_KEEP,
        WRITE_MORE,
        CLOSE,
        MOVE_OUT,
        MOVE_IN,
        /** Other content of the same length, and the time put back: no rsync sees it by size and time. */
        COVERT
    }

    private final DirectoryHandle site;
    private final DirectoryHandle outside;
    private final Random random;
    private final Set<Kind> without;
    private final boolean isRoot = "root".equals(System.getProperty("user.name"));
    private final Deque<OpenFile> open = new ArrayDeque<>();
    private final FileStatus written = new FileStatus();
    /** Inode numbers of files that have, or once had, several names. */
    private final Set<Long> wasLinked = new HashSet<>();

    private int done;
    private int outsiders;

    /**
     * @param outside a directory on the same file system, which things are moved to and from
     * @param without what not to do
     */
    SiteEdits(Path site, Path outside, Random random, Set<Kind> without) throws IOException {
        this.site = DirectoryHandle.open(site.toString().getBytes(ISO_8859_1));
        this.outside = DirectoryHandle.open(outside.toString().getBytes(ISO_8859_1));
        this.random = random;
        this.without = without;
    }

    /** Edits that did something. */
    int done() {
        return done;
    }

    /** One more. */
    void edit() {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        byte[] path = path();
        long seed = random.nextLong();
        if (without.contains(kind)) {
            return;
        }
        try {
            edit(kind, path, new Random(seed));
            done++;
            letItBeHeard(path);
        } catch (IOException e) {
            // There is no such place, or something else is there.
        }
    }

    /** Half of the time something that is there; else a place that may or may not be. */
    private byte[] path() {
        byte[] any = path(random);
        boolean wanted = random.nextBoolean();
        int steps = 1 + random.nextInt(MAX_DEPTH);
        Random walk = new Random(random.nextLong());
        return wanted ? existing(steps, walk, any) : any;
    }

    private byte[] existing(int steps, Random walk, byte[] otherwise) {
        byte[] path = otherwise;
        String prefix = "";
        for (int step = 0; step < steps; step++) {
            List<byte[]> names = names(step == 0 ? bytes(".") : path);
            if (names.isEmpty()) {
                return path;
            }
            path = bytes(prefix + new String(names.get(walk.nextInt(names.size())), ISO_8859_1));
            prefix = new String(path, ISO_8859_1) + "/";
        }
        return path;
    }

    /** In an order that is the same in every run; none in what is no directory. */
    private List<byte[]> names(byte[] directory) {
        List<byte[]> names = new ArrayList<>();
        try (DirectoryReader reader = site.list(directory, Resolve.NO_SYMLINKS)) {
            while (reader.next()) {
                names.add(reader.name());
            }
        } catch (IOException e) {
            return List.of();
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    private static byte[] path(Random random) {
        StringBuilder path = new StringBuilder(NAMES[random.nextInt(NAMES.length)]);
        for (int depth = random.nextInt(MAX_DEPTH); depth > 0; depth--) {
            path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return path.toString().getBytes(ISO_8859_1);
    }

    private void edit(Kind kind, byte[] path, Random dice) throws IOException {
        switch (kind) {
            case WRITE -> write(path, OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE, 0, dice);
            case APPEND -> write(path, OpenFlags.WRITE_ONLY | OpenFlags.APPEND, 0, dice);
            case IN_PLACE -> write(path, OpenFlags.WRITE_ONLY, dice.nextInt(1000), dice);
            case TRUNCATE -> truncate(path, dice);
            case REPLACE -> {
                byte[] temporary = concat(path, ".tmp");
                write(temporary, OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE, 0, dice);
                site.rename(temporary, site, path, 0);
            }
            case RENAME -> site.rename(path, site, path(dice), 0);
            case EXCHANGE -> site.rename(path, site, path(dice), DirectoryHandle.RENAME_EXCHANGE);
            case LINK -> link(path, path(dice));
            case SYMLINK -> site.symlink(path(dice), path);
            case MAKE_DIRECTORY -> makeDirectories(path);
            case REMOVE -> remove(path);
            case REMOVE_ALL -> removeAll(site, path);
            case MODE -> site.changeMode(path, dice.nextInt(isRoot ? 07777 : 0777) | 0700);
            case TIMES -> times(path, dice);
            case OWNER -> site.changeOwner(path, isRoot ? dice.nextInt(3) : -1, isRoot ? dice.nextInt(3) : -1);
            case ATTRIBUTE -> attribute(path, dice);
            case NODE -> node(path, dice);
            case BURST -> burst(path, dice);
            case OPEN_AND_KEEP -> openAndKeep(path, dice);
            case WRITE_MORE -> {
                if (!open.isEmpty()) {
                    writeMore(open.getFirst(), dice);
                }
            }
            case CLOSE -> {
                if (!open.isEmpty()) {
                    open.removeLast().close();
                }
            }
            case MOVE_OUT -> site.rename(path, outside, bytes("out" + outsiders++), 0);
            case MOVE_IN -> outside.rename(bytes("out" + dice.nextInt(Math.max(1, outsiders))), site, path, 0);
            case COVERT -> covert(path, dice);
        }
    }

    /**
     * The kernel tells of a change under the name alone that it was made by. If that is gone before anybody reads of it,
     * and was not seen before, nobody can know which other names the file has: so a file with several gets some time.
     */
    private void letItBeHeard(byte[] path) throws IOException {
        if (site.status(path, false, written) && !written.isDirectory() && written.linkCount() > 1) {
            LockSupport.parkNanos(HEARING_NANOS);
        }
    }

    private void link(byte[] path, byte[] name) throws IOException {
        site.link(path, site, name);
        if (site.status(name, false, written)) {
            wasLinked.add(written.inode());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] concat(byte[] path, String end) {
        return bytes(new String(path, ISO_8859_1) + end);
    }

    private OpenFile open(byte[] path, int flags) throws IOException {
        return site.openFile(path, flags | OpenFlags.NO_FOLLOW | OpenFlags.NONBLOCK, 0644, Resolve.NONE);
    }

    private FileStatus requireRegular(byte[] path) throws IOException {
        FileStatus status = new FileStatus();
        if (!site.status(path, false, status) || !status.isRegular()) {
            throw new IOException("no file");
        }
        return status;
    }

    private void write(byte[] path, int flags, long position, Random dice) throws IOException {
        FileStatus status = new FileStatus();
        if (site.status(path, false, status) && !status.isRegular()) {
            throw new IOException("no file");
        }
        try (OpenFile file = open(path, flags)) {
            write(file, position, dice);
        }
    }

    /** Short as a rule; in one piece or in several. */
    private static void write(OpenFile file, long position, Random dice) throws IOException {
        int length = dice.nextInt(12) == 0 ? dice.nextInt(LARGE) : dice.nextInt(3000);
        byte[] content = new byte[length];
        dice.nextBytes(content);
        if (position > 0) {
            file.seek(position);
        }
        int first = dice.nextInt(length + 1);
        file.write(content, 0, first);
        file.write(content, first, length - first);
    }

    private void truncate(byte[] path, Random dice) throws IOException {
        FileStatus status = requireRegular(path);
        try (OpenFile file = open(path, OpenFlags.WRITE_ONLY)) {
            file.truncate(dice.nextLong(status.size() * 2 + 1));
        }
    }

    /** What is written through an open file is told under the name that it was opened by: if others are left, that may be gone. */
    private void writeMore(OpenFile file, Random dice) throws IOException {
        file.status(written);
        if (written.linkCount() > 1 || wasLinked.contains(written.inode())) {
            throw new IOException("nobody would hear of it");
        }
        write(file, 0, dice);
    }

    private void makeDirectories(byte[] path) throws IOException {
        for (int i = 1; i < path.length; i++) {
            if (path[i] == '/') {
                try {
                    site.makeDirectory(Arrays.copyOf(path, i), 0755);
                } catch (IOException e) {
                    // There already.
                }
            }
        }
        site.makeDirectory(path, 0755);
    }

    private void remove(byte[] path) throws IOException {
        FileStatus status = new FileStatus();
        if (site.status(path, false, status) && status.isDirectory()) {
            site.removeDirectory(path);
        } else {
            site.unlink(path);
        }
    }

    private static void removeAll(DirectoryHandle directory, byte[] name) throws IOException {
        FileStatus status = new FileStatus();
        if (!directory.status(name, false, status)) {
            throw new IOException("nothing there");
        }
        if (!status.isDirectory()) {
            directory.unlink(name);
            return;
        }
        try (DirectoryHandle handle = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
            clear(handle);
        }
        directory.removeDirectory(name);
    }

    private static void clear(DirectoryHandle handle) throws IOException {
        try (DirectoryReader reader = handle.read()) {
            while (reader.next()) {
                removeAll(handle, reader.name());
            }
        }
    }

    private void times(byte[] path, Random dice) throws IOException {
        long seconds = dice.nextLong(-4_000_000_000L, 8_000_000_000L); // clocks are wrong by as much
        int nanos = dice.nextInt(1_000_000_000);
        site.setTimes(path, 0, FileTimes.NOW, seconds, nanos, false);
    }

    private void attribute(byte[] path, Random dice) throws IOException {
        FileStatus status = new FileStatus();
        if (!site.status(path, false, status) || !(status.isRegular() || status.isDirectory())) {
            throw new IOException("no place for one");
        }
        ExtendedAttributes attributes = ExtendedAttributes.of(site, path);
        byte[] name = bytes("user.n" + dice.nextInt(2));
        if (dice.nextInt(3) == 0) {
            attributes.remove(name);
        } else {
            byte[] value = new byte[dice.nextInt(60)];
            dice.nextBytes(value);
            attributes.set(name, value, ExtendedAttributes.SET);
        }
    }

    private void node(byte[] path, Random dice) throws IOException {
        if (!isRoot || dice.nextBoolean()) {
            site.makeNode(path, FileMode.FIFO | 0644, 0, 0);
        } else {
            site.makeNode(path, FileMode.CHARACTER_DEVICE | 0600, 1, 3 + dice.nextInt(5));
        }
    }

    /** A directory with many files, which may get another name right away, or go. */
    private void burst(byte[] path, Random dice) throws IOException {
        int files = dice.nextInt(60);
        site.makeDirectory(path, 0755);
        for (int i = 0; i < files; i++) {
            write(concat(path, "/f" + i), OpenFlags.WRITE_ONLY | OpenFlags.CREATE, 0, dice);
        }
        switch (dice.nextInt(4)) {
            case 0 -> site.rename(path, site, path(dice), 0);
            case 1 -> removeAll(site, path);
            default -> {}
        }
    }

    private void openAndKeep(byte[] path, Random dice) throws IOException {
        FileStatus status = new FileStatus();
        if (open.size() >= MAX_OPEN || (site.status(path, false, status) && !status.isRegular())) {
            throw new IOException("no file to keep");
        }
        OpenFile file = open(path, OpenFlags.WRITE_ONLY | OpenFlags.CREATE);
        open.addFirst(file);
        write(file, 0, dice);
    }

    private void covert(byte[] path, Random dice) throws IOException {
        FileStatus status = requireRegular(path);
        if (status.size() == 0) {
            throw new IOException("empty");
        }
        byte[] content = new byte[(int) Math.min(LARGE, status.size())];
        dice.nextBytes(content);
        try (OpenFile file = open(path, OpenFlags.WRITE_ONLY)) {
            file.write(content, 0, content.length);
        }
        site.setTimes(path, 0, FileTimes.NOW, status.mtimeSeconds(), status.mtimeNanos(), false);
    }

    /** Closes what is open, but for one at most, which stays open for ever. */
    void closeMost() throws IOException {
        while (open.size() > 1) {
            open.removeLast().close();
        }
    }

    /** Removes all, so that a site does not grow for ever. */
    void clear() throws IOException {
        try (DirectoryHandle handle = site.openDirectory(bytes("."), Resolve.NO_SYMLINKS)) {
            clear(handle);
        }
        try (DirectoryHandle handle = outside.openDirectory(bytes("."), Resolve.NO_SYMLINKS)) {
            clear(handle);
        }
    }

    @Override
    public void close() throws IOException {
        for (OpenFile file : open) {
            file.close();
        }
        site.close();
        outside.close();
    }
}
