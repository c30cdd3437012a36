package io.sluice.protocol.files;

/**
 * How a {@link FileTree} treats what it opens and makes.
 *
 * @param fake what only root can make is kept as plain files ({@code --fake-super}): {@link FileTree#status} tells what they stand for
 * @param keepsAccessTimes files are opened so that reading does not change their access time ({@code --open-noatime}); EPERM for one that is not ours
 * @param opensDevices devices are opened as files are ({@code --copy-devices}, {@code --write-devices})
 */
public record FileHandling(boolean fake, boolean keepsAccessTimes, boolean opensDevices) {
    /** Nothing special. */
    public static final FileHandling PLAIN = new FileHandling(false, false, false);
}
