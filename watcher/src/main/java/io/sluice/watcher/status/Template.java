package io.sluice.watcher.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file among our resources with places to fill, written {@code {{name}}}. What is filled in is escaped unless it is
 * {@link Html}.
 */
final class Template {
    private final String name;
    /** What stands there and names, in turns. */
    private final List<String> parts = new ArrayList<>();

    Template(String name) {
        this.name = name;
        String text = new String(resource(name), StandardCharsets.UTF_8);
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int end = text.indexOf("}}", open);
            parts.add(text.substring(at, open));
            parts.add(text.substring(open + 2, end));
            at = end + 2;
        }
        parts.add(text.substring(at));
    }

    /** The bytes of a file among our resources. */
    static byte[] resource(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("resource: " + name + " (expected: one beside this class)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the places: each by text, a number or {@link Html}. */
    Html fill(Map<String, ?> values) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            out.append(i % 2 == 0 ? parts.get(i) : value(parts.get(i), values));
        }
        return new Html(out.toString());
    }

    private String value(String place, Map<String, ?> values) {
        Object value = values.get(place);
        if (value == null) {
            throw new IllegalArgumentException(name + ": nothing for " + place);
        }
        return value instanceof Html html
                ? html.text()
                : Html.escaped(value.toString()).text();
    }
}
