package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What a kernel's events tell least well, as edits of a tree that has the directories d0 to d4 with the files page0 to page4 in each. */
enum KernelCase {
    /** The tree grows faster than it can be watched. */
    NEW_DIRECTORIES {
        @Override
        void edit(Path site, Path outside) throws IOException {
            for (int tree = 0; tree < 20; tree++) {
                Path path = site.resolve("tree" + tree);
                for (int depth = 0; depth < 8; depth++) {
                    path = Files.createDirectories(path.resolve("d" + depth));
                    Files.writeString(path.resolve("f"), "content " + depth);
                    Files.createDirectory(path.resolve("empty"));
                }
            }
        }
    },
    DIRECTORY_COMES_IN {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.createDirectories(outside.resolve("in/deep"));
            Files.writeString(outside.resolve("in/deep/f"), "from outside");
            Files.move(outside.resolve("in"), site.resolve("d1/in"));
            Files.writeString(site.resolve("d1/in/deep/g"), "written at once");
        }
    },
    DIRECTORY_GOES_OUT {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.move(site.resolve("d1"), outside.resolve("out"));
            Files.writeString(outside.resolve("out/page1"), "nobody's affair");
            Files.createDirectory(outside.resolve("out/new"));
        }
    },
    DIRECTORY_MOVES_WITHIN {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.writeString(site.resolve("d1/page1"), "written before");
            Files.move(site.resolve("d1"), site.resolve("d2/moved"));
            Files.writeString(site.resolve("d2/moved/page2"), "written after");
            Files.createDirectory(site.resolve("d1"));
            Files.writeString(site.resolve("d1/page1"), "another one in its place");
        }
    },
    DIRECTORIES_CHANGE_PLACES {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.writeString(site.resolve("d1/only in one"), "1");
            for (int i = 0; i < 31; i++) {
                Files.move(site.resolve("d1"), site.resolve("between"));
                Files.move(site.resolve("d2"), site.resolve("d1"));
                Files.move(site.resolve("between"), site.resolve("d2"));
            }
        }
    },
    DIRECTORY_BECOMES_FILE {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.move(site.resolve("d1"), outside.resolve("gone"));
            Files.writeString(site.resolve("d1"), "a file now");
            Files.delete(site.resolve("d2/page1"));
            Files.createDirectories(site.resolve("d2/page1/deep"));
            Files.writeString(site.resolve("d2/page1/deep/f"), "a directory now");
        }
    },
    DIRECTORY_BECOMES_LINK {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.move(site.resolve("d1"), site.resolve("release1"));
            Files.createSymbolicLink(site.resolve("d1"), Path.of("release1"));
            Files.writeString(site.resolve("d1/page1"), "through the link");
        }
    },
    HIDDEN_AND_SHOWN_AGAIN {
        @Override
        void edit(Path site, Path outside) throws IOException {
            Files.setPosixFilePermissions(site.resolve("d1"), PosixFilePermissions.fromString("---------"));
            Files.move(site.resolve("d2"), outside.resolve("d2"));
            Files.writeString(outside.resolve("d2/page1"), "while it was away");
            Files.setPosixFilePermissions(site.resolve("d1"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(outside.resolve("d2"), site.resolve("d2"));
        }
    },
    REMOVED_AND_MADE_ANEW {
        @Override
        void edit(Path site, Path outside) throws IOException {
            for (int round = 0; round < 10; round++) {
                TreeRemoval.remove(site.resolve("d1"));
                Files.createDirectories(site.resolve("d1/sub" + round));
                Files.writeString(site.resolve("d1/sub" + round + "/f"), "round " + round);
            }
        }
    };

    static final List<String> DIRECTORIES = List.of("d0", "d1", "d2", "d3", "d4");

    /** Makes the tree; the files of two directories have other sizes, as a mirror looks at size and time of what moves. */
    static void fill(Path site) throws IOException {
        for (String name : DIRECTORIES) {
            Path directory = Files.createDirectories(site.resolve(name));
            for (int i = 0; i < 5; i++) {
                Files.writeString(directory.resolve("page" + i), name.repeat(1 + DIRECTORIES.indexOf(name)) + i);
            }
        }
    }

    /** Makes the edits. */
    abstract void edit(Path site, Path outside) throws IOException;
}
