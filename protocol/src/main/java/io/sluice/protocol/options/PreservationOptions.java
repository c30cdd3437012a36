package io.sluice.protocol.options;

import java.util.List;

/**
 * Which attributes are carried over.
 *
 * @param links {@code -l}
 * @param permissions {@code -p}
 * @param executability {@code -E}
 * @param times {@code -t}
 * @param omitDirTimes {@code -O}
 * @param omitLinkTimes {@code -J}
 * @param owner {@code -o}
 * @param group {@code -g}
 * @param devices {@code --devices}
 * @param specials {@code --specials}
 * @param numericIds {@code --numeric-ids}
 * @param chmod the parts of {@code --chmod}, in order, each as the user wrote it
 */
public record PreservationOptions(
        boolean links,
        boolean permissions,
        boolean executability,
        boolean times,
        boolean omitDirTimes,
        boolean omitLinkTimes,
        boolean owner,
        boolean group,
        boolean devices,
        boolean specials,
        boolean numericIds,
        List<String> chmod) {
    /** Nothing asked for. */
    public static final PreservationOptions DEFAULT = new PreservationOptions(
            false, false, false, false, false, false, false, false, false, false, false, List.of());

    public PreservationOptions {
        chmod = List.copyOf(chmod);
    }
}
