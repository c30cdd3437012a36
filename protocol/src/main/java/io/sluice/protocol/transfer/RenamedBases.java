package io.sluice.protocol.transfer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files the generator took for what others were called before ({@code --detect-renamed}), so that the receiver builds on the same ones. Nothing of
 * this travels: to the sender they are what has the new name here.
 */
final class RenamedBases {
    private final Map<Integer, byte[]> paths = new ConcurrentHashMap<>();

    /** The sums that are asked for with {@code index} are those of {@code path}. */
    void put(int index, byte[] path) {
        paths.put(index, path);
    }

    /** The file whose sums were asked for with {@code index}; null: what has the entry's own name. */
    byte @Nullable [] of(int index) {
        return paths.get(index);
    }
}
