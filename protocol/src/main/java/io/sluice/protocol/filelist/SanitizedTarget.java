package io.sluice.protocol.filelist;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A symlink's target as a daemon's module stores it when links may neither be munged nor lead out: absolute ones become relative, and {@code ..} leads no
 * further up than to the top of the transfer.
 */
final class SanitizedTarget {
    private SanitizedTarget() {}

    /**
     * Returns the target, or another one that leads nowhere above the top. Empty components and {@code .} go; {@code ..} takes away what stands before
     * it; one that nothing stands before stays as long as there is a directory to leave. A slash stays with what it follows.
     *
     * @param directories between the top of the transfer and the link
     */
    static byte[] of(byte[] target, int directories) {
        String text = new String(target, StandardCharsets.ISO_8859_1);
        int ups = 0;
        List<String> kept = new ArrayList<>();
        String[] parts = text.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            String withSlash = i + 1 < parts.length ? part + "/" : part;
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                kept.add(withSlash);
            } else if (kept.size() > ups) {
                kept.removeLast();
            } else if (ups < directories) {
                kept.add(withSlash);
                ups++;
            }
        }
        String clean = kept.isEmpty() ? "." : String.join("", kept);
        return clean.getBytes(StandardCharsets.ISO_8859_1);
    }
}
