package io.sluice.watcher.doctor;

import io.sluice.watcher.config.NamedMirror;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a source: whether all of it can be read, and how it will be watched. */
public final class SourceCheck {
    /** Where others change files, too, without this kernel's knowledge. */
    private static final Set<String> OF_OTHERS = Set.of(
            "nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "virtiofs");

    private static final long MIB = 1 << 20;
    private static final long FEW_MIB = 100;

    private final NamedMirror mirror;
    private final FanotifyTrial fanotify;
    private long directories;

    SourceCheck(NamedMirror mirror, FanotifyTrial fanotify) {
        this.mirror = mirror;
        this.fanotify = fanotify;
    }

    /** Of a source, as the caller may see it. */
    public static SourceCheck of(NamedMirror mirror) {
        return new SourceCheck(mirror, FanotifyTrial.KERNEL);
    }

    /** Looks. */
    public List<Diagnosis> run() {
        Path source = mirror.configuration().source();
        Diagnoses found = new Diagnoses("[" + mirror.name() + "] " + source);
        try {
            SourceSize size = SourceSize.of(source);
            directories = size.directories();
            if (size.unreadable() == 0) {
                found.good("read", directories + " directories, all of them readable");
            } else {
                found.bad(
                        "read",
                        size.unreadable() + " of " + directories + " directories cannot be read",
                        "run the mirror as a user who may read them, or with AmbientCapabilities=CAP_DAC_READ_SEARCH");
            }
            FileStore store = Files.getFileStore(source);
            watching(found, source, store.type().toLowerCase(Locale.ROOT));
            disk(found, store);
            empty(found, source);
        } catch (IOException e) {
            found.bad("read", String.valueOf(e.getMessage()), "the directory has to be there, and readable");
        }
        return found.list();
    }

    private static void disk(Diagnoses found, FileStore store) throws IOException {
        long free = store.getUsableSpace() / MIB;
        String text = free + " MiB free of " + store.getTotalSpace() / MIB;
        if (free >= FEW_MIB) {
            found.good("disk", text);
        } else {
            found.warning(
                    "disk", text, "whoever writes into the source will fail; the mirror itself writes nothing there");
        }
    }

    /** A mirror that runs knows that its source was unmounted; one that starts cannot know that it is not mounted yet. */
    private static void empty(Diagnoses found, Path source) throws IOException {
        try (Stream<Path> entries = Files.list(source)) {
            if (entries.findAny().isEmpty()) {
                found.warning(
                        "content",
                        "empty: a mirror that starts now empties every replica",
                        "if something is to be mounted there, mount it first; for the service: RequiresMountsFor="
                                + source);
            }
        }
    }

    private void watching(Diagnoses found, Path source, String type) {
        if (OF_OTHERS.contains(type)) {
            found.warning(
                    "watch",
                    type + ": the kernel does not tell of changes that other hosts make",
                    "run the mirror on the host that has the files, or set \"monitor = poll\"");
            return;
        }
        Optional<String> refusal = fanotify.refusal(source);
        if (refusal.isEmpty()) {
            found.good("watch", type + ": fanotify, one mark for the file system");
        } else {
            found.good("watch", type + ": inotify, " + directories + " watches; no fanotify: " + refusal.get());
        }
    }

    /** How many directories were found. */
    public long directories() {
        return directories;
    }
}
