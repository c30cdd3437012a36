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
 * @param hardLinks {@code -H}: how often it was given, of which only the first time matters here
 * @param acls {@code -A}
 * @param xattrs {@code -X}: 1, or 2 for all of them ({@code -XX})
 * @param atimes {@code -U}: 1, or 2 to read without changing them ({@code -UU})
 * @param openNoAtime {@code --open-noatime}
 * @param dropDevices {@code --drop-D}
 * @param chmod the parts of {@code --chmod}, in order, each as the user wrote it
 * @param ownChmod what a module changes of each mode that is set in it, also of those that are kept ({@code incoming chmod}); empty: nothing
 * @param symlinks what becomes of symbolic links
 * @param privileges on whose behalf files are written
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
        int hardLinks,
        boolean acls,
        int xattrs,
        int atimes,
        boolean openNoAtime,
        boolean dropDevices,
        List<String> chmod,
        String ownChmod,
        SymlinkOptions symlinks,
        PrivilegeOptions privileges) {
    /** Nothing asked for. */
    public static final PreservationOptions DEFAULT = new DraftRecords(new OptionDraft()).preservation();

    public PreservationOptions {
        chmod = List.copyOf(chmod);
    }

    /** Whether files are read without changing their access time: {@code --open-noatime} or {@code -UU}. */
    public boolean keepsAccessTimesOfSources() {
        return openNoAtime || atimes > 1;
    }
}
