package io.sluice.watcher.heal;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * An entry that differs.
 *
 * @param path relative to the source; empty: the directory itself
 * @param directory whether it is one
 * @param aspects in what; at least one
 */
public record Difference(byte[] path, boolean directory, Set<Aspect> aspects) {
    public Difference {
        aspects = Set.copyOf(aspects);
    }

    /** In what, such as {@code content,time}. */
    public String words() {
        return aspects.stream().sorted().map(Aspect::word).collect(Collectors.joining(","));
    }
}
