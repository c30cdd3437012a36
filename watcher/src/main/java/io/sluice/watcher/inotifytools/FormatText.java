package io.sluice.watcher.inotifytools;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code --format}: text with conversions.
 *
 * <pre>
 * %w what is watched   %f name   %e events, with commas   %Xe events, with X between them   %c cookie, hexadecimal
 * %T time (--timefmt)  %0 NUL    %n newline               %% percent sign
 * </pre>
 *
 * Any other percent sign stands for itself. The original's habits are kept: a format that ends in a single percent sign
 * shows nothing at all, nor does one with a time that is empty. Its limit of 4,000 characters an event is not.
 */
final class FormatText implements EventText {
    /** The original takes no longer one. */
    static final int MAX_LENGTH = 4096;

    /** What is shown when nothing is asked for. */
    static final String DEFAULT = "%w %,e %f\n";

    private final List<Part> parts = new ArrayList<>();
    private final Supplier<String> time;
    private boolean showsNothing;

    /** @param time the time of now, as the user wants it */
    FormatText(String format, Supplier<String> time) {
        this.time = time;
        parse(format);
    }

    private enum Kind {
        TEXT,
        WATCHED,
        NAME,
        EVENTS,
        COOKIE,
        TIME
    }

    /** @param text of a TEXT; an EVENTS' separator */
    private record Part(Kind kind, String text) {}

    private void parse(String format) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c != '%') {
                text.append(c);
                at++;
                continue;
            }
            if (at + 1 == format.length()) {
                showsNothing = true;
                return;
            }
            at += conversion(format, at + 1, text);
        }
        flush(text);
    }

    /** Reads the conversion whose letter is at {@code at}; returns its length with the percent sign. */
    private int conversion(String format, int at, StringBuilder text) {
        char c = format.charAt(at);
        switch (c) {
            case '%' -> text.append('%');
            case '0' -> text.append('\0');
            case 'n' -> text.append('\n');
            case 'w' -> add(text, Kind.WATCHED, "");
            case 'f' -> add(text, Kind.NAME, "");
            case 'c' -> add(text, Kind.COOKIE, "");
            case 'e' -> add(text, Kind.EVENTS, ",");
            case 'T' -> add(text, Kind.TIME, "");
            default -> {
                if (at + 1 < format.length() && format.charAt(at + 1) == 'e') {
                    add(text, Kind.EVENTS, String.valueOf(c));
                    return 3;
                }
                text.append('%').append(c);
            }
        }
        return 2;
    }

    private void add(StringBuilder text, Kind kind, String separator) {
        flush(text);
        parts.add(new Part(kind, separator));
    }

    private void flush(StringBuilder text) {
        if (!text.isEmpty()) {
            parts.add(new Part(Kind.TEXT, text.toString()));
            text.setLength(0);
        }
    }

    @Override
    public String of(ToolEvent event) {
        if (showsNothing) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        for (Part part : parts) {
            switch (part.kind) {
                case TEXT -> shown.append(part.text);
                case WATCHED -> shown.append(event.watched());
                case NAME -> shown.append(event.name());
                case EVENTS -> shown.append(EventNames.of(event.mask(), part.text.charAt(0)));
                case COOKIE -> shown.append(Integer.toHexString(event.cookie()));
                case TIME -> {
                    String now = time.get();
                    if (now.isEmpty()) {
                        return "";
                    }
                    shown.append(now);
                }
            }
        }
        return shown.toString();
    }
}
