package io.sluice.daemon.log;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import java.io.ByteArrayOutputStream;
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

    private static final int MAX_WIDTH_DIGITS = 4;

    private final List<Part> parts;

    /**
     * @param text as written
     * @param letter 0: literal text
     * @param width at least so many bytes, negative: left-aligned
     * @param grouped thousands are separated
     */
    private record Part(String text, char letter, int width, boolean grouped) {}

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
                parts.add(new Part(format.substring(position, literalEnd), (char) 0, 0, false));
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
            parts.add(new Part(format.substring(percent), (char) 0, 0, false));
            return letterAt;
        }
        boolean grouped = widthFrom > percent + 1 || letterAt > position;
        int minimum = width.isEmpty() || width.equals("-") ? 0 : Integer.parseInt(width);
        parts.add(new Part(format.substring(percent, letterAt + 1), format.charAt(letterAt), minimum, grouped));
        return letterAt + 1;
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
            pad(line, part.width - value.length);
            line.writeBytes(value);
            pad(line, -part.width - value.length);
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
            case 'L' -> ItemText.link(item);
            case 'P' -> facts.modulePath();
            default -> TransferFacts.bytes(text(part, item, facts, log));
        };
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
            case 'u' -> facts.user();
            case 'p' -> Long.toString(log.number());
            case 't' -> log.daemon().now();
            case 'M' -> log.daemon().time(item.modificationTime()).replace(' ', '-');
            case 'B' -> ItemText.permissions(item.mode());
            case 'i' -> ItemText.itemized(item, facts);
            case 'o' -> ItemText.operation(item);
            case 'l' -> number(item.size(), part.grouped);
            case 'b' -> number(transfer ? item.wireBytes() : 0, part.grouped);
            case 'c' -> number(transfer ? item.checksumBytes() : 0, part.grouped);
            case 'U' -> Integer.toUnsignedString(item.uid());
            case 'G' -> Integer.toUnsignedString(item.gid());
            default -> part.text;
        };
    }

    private static String number(long value, boolean grouped) {
        return grouped ? String.format(Locale.ROOT, "%,d", value) : Long.toString(value);
    }
}
