package io.sluice.client.parallel;

import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.SourceFiles;
import io.sluice.client.command.ByteText;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The two ends of a transfer, and how a session between them runs. */
sealed interface Route {
    /** All that was asked for. */
    TransferResult whole(RsyncClient client) throws IOException;

    /** Entries of the whole transfer's list, by their names in it, below {@code base}. */
    TransferResult named(RsyncClient client, byte[] base, List<byte[]> names) throws IOException;

    /** What the names of the list are relative to; empty: names alone do not say what they are. */
    Optional<byte[]> base(TransferOptions options);

    /** From this host. */
    record Push(SourceFiles sources, Location destination) implements Route {
        @Override
        public TransferResult whole(RsyncClient client) throws IOException {
            return client.push(sources, destination);
        }

        @Override
        public TransferResult named(RsyncClient client, byte[] base, List<byte[]> names) throws IOException {
            try (SourceFiles own = SourceFiles.of(List.of(base))) {
                Location.Daemon there = (Location.Daemon) destination;
                return client.push(
                        new SourceFiles(own.tree(), own.paths(), names, own.label()),
                        there.withPath(asDirectory(there.path())));
            }
        }

        @Override
        public Optional<byte[]> base(TransferOptions options) {
            return Route.base(sources.paths(), sources.names(), options, false);
        }
    }

    /** To this host. Names begin at the module: rsync 3.5.0 without a chroot does not find them below a directory of it. */
    record Pull(List<? extends Location> sources, byte[] destination, Iterable<byte[]> names) implements Route {
        @Override
        public TransferResult whole(RsyncClient client) throws IOException {
            return client.pull(sources, destination, names);
        }

        @Override
        public TransferResult named(RsyncClient client, byte[] base, List<byte[]> wanted) throws IOException {
            Location.Daemon first = (Location.Daemon) sources.getFirst();
            String path = ByteText.of(base);
            int module = path.indexOf('/') + 1;
            String inside = path.substring(module).isEmpty() ? "" : path.substring(module) + "./";
            List<byte[]> whole = wanted.stream()
                    .map(name -> ByteText.bytes(inside + ByteText.of(name)))
                    .toList();
            Location there = first.withPath(ByteText.bytes(path.substring(0, module)));
            return client.pull(List.of(there), asDirectory(destination), whole);
        }

        @Override
        public Optional<byte[]> base(TransferOptions options) {
            List<byte[]> paths = new ArrayList<>();
            sources.forEach(source -> paths.add(source.path()));
            return Route.base(paths, names, options, true);
        }
    }

    /** With a slash at its end: what is sent goes into it, never in its place, even if it is a single entry. */
    private static byte[] asDirectory(byte[] path) {
        if (path.length > 0 && path[path.length - 1] == '/') {
            return path;
        }
        byte[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = '/';
        return longer;
    }

    private static Optional<byte[]> base(
            List<byte[]> paths, Iterable<byte[]> names, TransferOptions options, boolean daemon) {
        boolean relative = options.selection().relative();
        return switch (options.selection().filesFrom()) {
            case NONE -> SourceBase.of(paths, relative, daemon);
            case LOCAL -> relative && areWhole(names) ? SourceBase.ofDirectory(paths.getFirst()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A name of a list may say where its part that counts begins. */
    private static boolean areWhole(Iterable<byte[]> names) {
        for (byte[] name : names) {
            if (SourceBase.hasMarker(name)) {
                return false;
            }
        }
        return true;
    }
}
