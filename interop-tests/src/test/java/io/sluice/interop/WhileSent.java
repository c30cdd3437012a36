package io.sluice.interop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happens to a file, or above it, while it is being sent. */
enum WhileSent {
    CHANGED {
        @Override
        void happen(Path large) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                for (long at = 0; at < BYTES; at += 4096) {
                    file.seek(at);
                    file.writeInt((int) at);
                }
            }
        }
    },
    CUT_SHORT {
        @Override
        void happen(Path large) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                file.setLength(1000);
            }
        }
    },
    VANISHED {
        @Override
        void happen(Path large) throws IOException {
            Files.delete(large);
        }
    },
    DIRECTORY_RENAMED {
        @Override
        void happen(Path large) throws IOException {
            Files.move(large.getParent(), large.resolveSibling("../renamed"));
        }
    },
    REPLACED_BY_DIRECTORY {
        @Override
        void happen(Path large) throws IOException {
            Files.delete(large);
            Files.createDirectory(large);
            Files.writeString(large.resolve("f"), "in its place");
        }
    };

    static final int BYTES = 24 << 20;

    /** Makes it happen to a file of so many bytes. */
    abstract void happen(Path large) throws IOException;
}
