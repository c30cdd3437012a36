package io.sluice.daemon.log;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A parsed {@code log format}: literal text and the escapes of rsyncd.conf(5), each with an optional width ({@code %-8o}) and apostrophes for
 * thousands separators ({@code %'l}). An unknown escape stays as it is written.
 */
public final class LogFormat {
    /** The line of a deletion where the format tells no operation. */
    public static final LogFormat DELETION = parse("deleting %n");

    private static final int MAX_WIDTH_DIGITS = 23;
    private static final int MAX_WIDTH = 4096;
    /** Bytes of {@code " -> "}. */
    private static final int ARROW = 4;

    private static final String UNITS = "KMGTP";

    private final List<Part> parts;

    /**
     * @param text as written
     * @param letter 0: literal text
     * @param width at least so many bytes, negative: left-aligned
     * @param human 1: thousands are separated; 2: units of 1000; 3: units of 1024
     */
    private record Part(String text, char letter, int width, int human) {}

    private LogFormat(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Parses a format. */
    public static LogFormat parse(String format) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            int literalEnd = percent < 0 ? format.length() : percent;
            if (literalEnd > position) {
                parts.add(new Part(format.substring(position, literalEnd), (char) 0, 0, 0));
            }
            position = percent < 0 ? literalEnd : escape(format, percent, parts);
        }
        return new LogFormat(parts);
    }

    /** Parses the escape at {@code percent}; returns the position after it. */
    private static int escape(String format, int percent, List<Part> parts) {
        int position = skip(format, percent + 1, '\'');
        int widthFrom = position;
        if (position < format.length() && format.charAt(position) == '-') {
            position++;
        }
        while (position < format.length()
                && position - widthFrom < MAX_WIDTH_DIGITS
                && Character.isDigit(format.charAt(position))) {
            position++;
        }
        String width = format.substring(widthFrom, position);
        int letterAt = skip(format, position, '\'');
        if (letterAt == format.length()) {
            parts.add(new Part(format.substring(percent), (char) 0, 0, 0));
            return letterAt;
        }
        int human = widthFrom - percent - 1 + letterAt - position;
        int minimum = width.isEmpty() || width.equals("-") ? 0 : (int) bounded(Double.parseDouble(width));
        parts.add(new Part(format.substring(percent, letterAt + 1), format.charAt(letterAt), minimum, human));
        return letterAt + 1;
    }

    private static double bounded(double width) {
        return Math.max(-MAX_WIDTH, Math.min(MAX_WIDTH, width));
    }

    private static int skip(String format, int from, char c) {
        int position = from;
        while (position < format.length() && format.charAt(position) == c) {
            position++;
        }
        return position;
    }

    /** Whether the escape {@code letter} is used. */
    boolean has(char letter) {
        return parts.stream().anyMatch(part -> part.letter == letter);
    }

    /** Whether a deletion is told by this format. */
    boolean tellsOperation() {
        return has('o') || has('i');
    }

    /** Formats one item. */
    byte[] format(Item item, TransferFacts facts, Log log) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (Part part : parts) {
            byte[] value = value(part, item, facts, log);
            int width = part.letter == 'L' ? 0 : part.width;
            pad(line, width - value.length);
            line.writeBytes(value);
            pad(line, -width - value.length);
        }
        return line.toByteArray();
    }

    private static void pad(ByteArrayOutputStream line, int count) {
        for (int i = 0; i < count; i++) {
            line.write(' ');
        }
    }

    private static byte[] value(Part part, Item item, TransferFacts facts, Log log) {
        return switch (part.letter) {
            case 'f' -> withoutLeadingSlash(ItemText.clean(facts.inModule(item)));
            case 'n' -> ItemText.name(item);
            case 'L' -> link(part, item, facts);
            case 'P' -> facts.modulePath();
            case 'u' -> facts.user().bytes();
            default -> TransferFacts.bytes(text(part, item, facts, log));
        };
    }

    /** With a width, the arrow stands before it, and its place is kept free if there is none. */
    private static byte[] link(Part part, Item item, TransferFacts facts) {
        byte[] link = ItemText.link(item, facts.munged());
        if (part.width == 0) {
            return link;
        }
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(link.length == 0 ? "    ".getBytes(StandardCharsets.US_ASCII) : Arrays.copyOf(link, ARROW));
        int length = Math.max(0, link.length - ARROW);
        pad(padded, part.width - length);
        padded.write(link, Math.min(ARROW, link.length), length);
        pad(padded, -part.width - length);
        return padded.toByteArray();
    }

    private static byte[] withoutLeadingSlash(byte[] path) {
        return path.length > 0 && path[0] == '/' ? Arrays.copyOfRange(path, 1, path.length) : path;
    }

    private static String text(Part part, Item item, TransferFacts facts, Log log) {
        boolean transfer = (item.flags() & ItemFlags.TRANSFER) != 0;
        return switch (part.letter) {
            case '%' -> "%";
            case 'a' -> facts.address();
            case 'h' -> facts.host();
            case 'm' -> facts.module();
            case 'p' -> Long.toString(log.number());
            case 't' -> log.daemon().now();
            case 'M' -> log.daemon().time(item.modificationTime()).replace(' ', '-');
            case 'B' -> ItemText.permissions(item.mode());
            case 'i' -> ItemText.itemized(item, facts);
            case 'o' -> ItemText.operation(item);
            case 'l' -> number(item.size(), part.human);
            case 'b' -> number(transfer ? item.wireBytes() : 0, part.human);
            case 'c' -> number(transfer ? item.checksumBytes() : 0, part.human);
            case 'C' -> sum(item, facts);
            case 'U' -> facts.owner() ? Integer.toUnsignedString(item.uid()) : "0";
            case 'G' -> facts.group() ? Integer.toUnsignedString(item.gid()) : "DEFAULT";
            default -> part.text;
        };
    }

    /** A sum that is not there is as wide as one: that of a transfer that did not take place has zeros, what has no content has spaces. */
    private static String sum(Item item, TransferFacts facts) {
        boolean file =
                (item.mode() & FileMode.TYPE_MASK) == FileMode.REGULAR && (item.flags() & ItemFlags.DELETED) == 0;
        byte[] sum = file ? item.contentSum() : new byte[0];
        if (sum.length > 0) {
            return facts.sums().show(sum);
        }
        boolean transfer = (item.flags() & ItemFlags.TRANSFER) != 0;
        return (file && transfer ? "0" : " ").repeat(2 * facts.sums().length());
    }

    private static String number(long value, int human) {
        int unit = human == 2 ? 1000 : 1024;
        if (human < 2 || Math.abs(value) < unit) {
            return human == 0 ? Long.toString(value) : String.format(Locale.ROOT, "%,d", value);
        }
        double scaled = (double) value / unit;
        int index = 0;
        while (Math.abs(scaled) >= unit && index < UNITS.length() - 1) {
            scaled /= unit;
            index++;
        }
        return String.format(Locale.ROOT, "%.2f%c", scaled, UNITS.charAt(index));
    }
}
