package io.sluice.watcher.status;

/**
 * Text that is HTML already. Everything else is escaped where it is put into a page.
 *
 * @param text well-formed
 */
record Html(String text) {
    /** Anything as text in a page, in an element or in a quoted attribute. Control characters become U+FFFD. */
    static Html escaped(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return new Html(out.toString());
    }
}
