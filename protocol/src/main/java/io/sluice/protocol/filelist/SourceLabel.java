package io.sluice.protocol.filelist;

import java.io.ByteArrayOutputStream;

/** How messages show a path of the source: in quotes, with what belongs around it (rsync: the absolute path; in a module, the module's name). */
@FunctionalInterface
public interface SourceLabel {
    /** {@code "directory/path"}, as the source was named. */
    SourceLabel AS_NAMED = (directory, path) -> {
        var text = new ByteArrayOutputStream();
        text.write('"');
        text.writeBytes(directory);
        if (directory.length > 0 && directory[directory.length - 1] != '/' && path.length > 0) {
            text.write('/');
        }
        text.writeBytes(path);
        text.write('"');
        return text.toByteArray();
    };

    /**
     * Returns the text for a message.
     *
     * @param directory the directory part of the source argument that is not part of the paths in the list; empty if there is none
     * @param path relative to {@code directory}, or absolute; empty for the directory itself
     */
    byte[] quote(byte[] directory, byte[] path);
}
