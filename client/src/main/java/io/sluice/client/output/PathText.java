package io.sluice.client.output;

/** Paths made short for showing: without doubled slashes and {@code .} components, other than a last one. */
final class PathText {
    private PathText() {}

    static byte[] clean(byte[] path) {
        LineBuffer out = new LineBuffer();
        int at = 0;
        if (path.length > 0 && path[0] == '/') {
            out.octet('/');
        }
        while (at < path.length) {
            int end = at;
            while (end < path.length && path[end] != '/') {
                end++;
            }
            boolean dot = end - at == 1 && path[at] == '.';
            boolean kept = end > at && (!dot || end == path.length);
            if (kept) {
                boolean separated = out.length() == 0 || (out.length() == 1 && path[0] == '/');
                out.text(separated ? "" : "/").bytes(path, at, end - at);
            }
            at = end + 1;
        }
        return out.toByteArray();
    }
}
