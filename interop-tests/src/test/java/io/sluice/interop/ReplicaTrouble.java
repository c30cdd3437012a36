package io.sluice.interop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What may be wrong with a replica, how it comes about and how it ends. */
enum ReplicaTrouble {
    REFUSED("is an rsync daemon running there", 10) {
        @Override
        Closeable begin(Node node) {
            node.daemon.close();
            return node.daemon::restart;
        }
    },
    WRONG_PASSWORD("do user and password file here agree with", 5) {
        @Override
        Closeable begin(Node node) throws IOException {
            return secrets(node, "web1user:another\n");
        }
    },
    UNKNOWN_MODULE("is the module's name right?", 5) {
        @Override
        Closeable begin(Node node) throws IOException {
            return modules(node, MirrorBed.MODULE.replace("[site]", "[sites]"));
        }
    },
    READ_ONLY_MODULE("set \"read only = no\" for the module there", 1) {
        @Override
        Closeable begin(Node node) throws IOException {
            return modules(node, MirrorBed.MODULE.replace("read only = no", "read only = yes"));
        }
    },
    ACCESS_DENIED("does \"hosts allow\" there name this host?", 5) {
        @Override
        Closeable begin(Node node) throws IOException {
            return modules(node, MirrorBed.MODULE + "hosts allow = 192.0.2.1\n");
        }
    },
    NO_DIRECTORY("does the module's \"path\" exist there?", 5) {
        @Override
        Closeable begin(Node node) throws IOException {
            return modules(node, MirrorBed.MODULE.replace("/site", "/gone"));
        }
    },
    READ_ONLY_FILE_SYSTEM("mount it writable there", 0) {
        @Override
        Closeable begin(Node node) throws IOException {
            node.run("mount", "-o", "remount,ro", node.site().toString());
            return () -> node.run("mount", "-o", "remount,rw", node.site().toString());
        }
    },
    DISK_FULL("free space there", 0) {
        @Override
        Closeable begin(Node node) throws IOException {
            node.run("mount", "-o", "remount,size=128k", node.site().toString());
            return () -> node.run("mount", "-o", "remount,size=16m", node.site().toString());
        }
    },
    HANGS("does the host or its disk hang?", 30) {
        @Override
        Closeable begin(Node node) {
            node.proxy.stall();
            return node.proxy::goOn;
        }
    },
    NO_DAEMON("what answers on this port is no rsync daemon", 5) {
        @Override
        Closeable begin(Node node) throws IOException {
            return babble(node, "SSH-2.0-OpenSSH_9.6\r\n");
        }
    },
    GARBAGE("the daemon's log there may say why", 12) {
        @Override
        Closeable begin(Node node) throws IOException {
            return babble(node, "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n@RSYNCD: OK\n");
        }
    };

    private final String advice;
    private final int exitCode;

    /**
     * @param advice what the mirror says to do
     * @param exitCode of a mirror that is not to insist; 0: a trial does not show it
     */
    ReplicaTrouble(String advice, int exitCode) {
        this.advice = advice;
        this.exitCode = exitCode;
    }

    /** A replica that is to get into trouble. */
    record Node(Path home, DaemonProcess daemon, StallingProxy proxy) {
        Path site() {
            return home.resolve("site");
        }

        private void run(String... command) throws IOException {
            try {
                Program.Run run = Processes.run(List.of(command), home);
                if (run.exitCode() != 0) {
                    throw new IOException(String.join(" ", command) + ": " + run.err());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    String advice() {
        return advice;
    }

    int exitCode() {
        return exitCode;
    }

    /** Whether the replica has to be on a file system of its own. */
    boolean needsMount() {
        return this == READ_ONLY_FILE_SYSTEM || this == DISK_FULL;
    }

    /** Makes the trouble; closing what it returns ends it. */
    abstract Closeable begin(Node node) throws IOException;

    private static Closeable secrets(Node node, String text) throws IOException {
        Path file = node.home.resolve("secrets");
        String before = Files.readString(file);
        replaceSecrets(file, text);
        return () -> replaceSecrets(file, before);
    }

    private static void replaceSecrets(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Closeable modules(Node node, String modules) throws IOException {
        node.daemon.configure(modules);
        return () -> node.daemon.configure(MirrorBed.MODULE);
    }

    private static Closeable babble(Node node, String first) throws IOException {
        node.daemon.close();
        BabblingServer server = new BabblingServer(node.daemon.port(), first);
        return () -> {
            server.close();
            node.daemon.restart();
        };
    }
}
