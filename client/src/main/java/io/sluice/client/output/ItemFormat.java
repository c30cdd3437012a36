package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.session.ChecksumType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A format of {@code --out-format} or {@code --log-file-format}: literal text and the escapes of rsyncd.conf(5), {@code log format}. Between the
 * percent sign and the letter may stand a width ({@code %-20n}) and apostrophes for readable numbers ({@code %'l}). Escapes that only a daemon can
 * fill ({@code %a %h %P %u}) and unknown ones stay as they are.
 */
public final class ItemFormat {
    /** What {@code -i} and log files use. */
    public static final ItemFormat ITEMIZED = parse("%i %n%L");
    /** What {@code -v} uses. */
    public static final ItemFormat NAMES = parse("%n%L");
    /** What a deletion is shown as where the format tells no operation. */
    public static final ItemFormat DELETION = parse("deleting %n");

    private static final int MAX_WIDTH_DIGITS = 23;

    private final List<Part> parts;

    private ItemFormat(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Literal text ({@code letter} 0), or an escape with its text for when it cannot be filled. Negative width: left-aligned; 0: none. */
    private record Part(byte[] literal, char letter, int width, int human) {}

    /** The clock and time zone that {@code %t} and {@code %M} need, and this process's id for {@code %p}. */
    public record Sources(Timestamps timestamps, LongSupplier seconds, long processId) {}

    /** Parses a format, one character per byte. */
    public static ItemFormat parse(String format) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int at = format.indexOf('%');
        while (at >= 0) {
            if (at > start) {
                parts.add(literal(format.substring(start, at)));
            }
            start = parseEscape(format, at, parts);
            at = format.indexOf('%', start);
        }
        if (start < format.length()) {
            parts.add(literal(format.substring(start)));
        }
        return new ItemFormat(parts);
    }

    private static int parseEscape(String format, int percent, List<Part> parts) {
        int at = percent + 1;
        int human = apostrophes(format, at);
        at += human;
        int widthAt = at;
        if (at < format.length() && format.charAt(at) == '-') {
            at++;
        }
        while (at < format.length() && at - widthAt < MAX_WIDTH_DIGITS && Character.isDigit(format.charAt(at))) {
            at++;
        }
        int width = width(format.substring(widthAt, at));
        int after = apostrophes(format, at);
        at += after;
        if (at >= format.length()) {
            parts.add(literal(format.substring(percent)));
            return format.length();
        }
        byte[] raw = format.substring(percent, at + 1).getBytes(StandardCharsets.ISO_8859_1);
        parts.add(new Part(raw, format.charAt(at), width, human + after));
        return at + 1;
    }

    private static int apostrophes(String format, int at) {
        int count = 0;
        while (at + count < format.length() && format.charAt(at + count) == '\'') {
            count++;
        }
        return count;
    }

    private static int width(String digits) {
        boolean none = digits.isEmpty() || digits.equals("-");
        return none ? 0 : (int) Math.max(-4096, Math.min(4096, Double.parseDouble(digits)));
    }

    private static Part literal(String text) {
        return new Part(text.getBytes(StandardCharsets.ISO_8859_1), (char) 0, 0, 0);
    }

    /** Returns true if the escape {@code letter} is in the format. */
    public boolean has(char letter) {
        return parts.stream().anyMatch(part -> part.letter() == letter);
    }

    /** Returns true if the format tells what was done, so that a deletion is shown by it too. */
    public boolean hasOperation() {
        return has('i') || has('o');
    }

    /** Returns true if a transfer can be shown only when it is over. */
    public boolean needsOutcome() {
        return has('b') || has('c') || has('C');
    }

    /** Appends the line for {@code item}, without newline. */
    public void append(LineBuffer out, Item item, ItemContext context, Sources sources) {
        for (Part part : parts) {
            if (part.letter() == 0) {
                out.bytes(part.literal());
                continue;
            }
            int mark = out.length();
            if (fill(out, part, item, context, sources)) {
                out.pad(mark, part.width());
            } else {
                out.bytes(part.literal());
            }
        }
    }

    private static boolean fill(LineBuffer out, Part part, Item item, ItemContext context, Sources sources) {
        switch (part.letter()) {
            case 'C' -> out.text(sum(item, context.sum()));
            case 'l' -> out.text(number(item.size(), part));
            case 'b' -> out.text(number(transferred(item) ? item.wireBytes() : 0, part));
            case 'c' -> out.text(number(transferred(item) ? item.checksumBytes() : 0, part));
            case 'U' -> out.text(Integer.toUnsignedString(item.uid()));
            case 'G' -> out.text(Integer.toUnsignedString(item.gid()));
            case 'p' -> out.text(Long.toString(sources.processId()));
            case 'M' ->
                out.text(sources.timestamps().format(item.modificationTime()).replace(' ', '-'));
            case 'B' -> out.text(ModeText.of(item.mode()).substring(1));
            case 'o' -> out.text(operation(item));
            case 'f' -> file(out, item);
            case 'n' -> name(out, item);
            case 'L' -> link(out, part, item);
            case 'm' -> out.text("");
            case 't' -> out.text(sources.timestamps().format(sources.seconds().getAsLong()));
            case 'i' -> out.text(ItemizedText.of(item.flags(), item.mode(), item.sent() && !context.local(), context));
            case '%' -> out.text("%");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A sum that is not there is as wide as one: a transfer that did not take place has zeros, what has no content has spaces. */
    private static String sum(Item item, ChecksumType type) {
        boolean file = ModeText.isRegular(item.mode()) && (item.flags() & ItemFlags.DELETED) == 0;
        byte[] sum = file ? item.contentSum() : new byte[0];
        if (sum.length > 0) {
            return type.show(sum);
        }
        return (file && transferred(item) ? "0" : " ").repeat(2 * type.length());
    }

    private static String number(long value, Part part) {
        return new NumberStyle(part.human()).human(value);
    }

    private static boolean transferred(Item item) {
        return (item.flags() & ItemFlags.TRANSFER) != 0;
    }

    private static String operation(Item item) {
        return (item.flags() & ItemFlags.DELETED) != 0 ? "del." : item.sent() ? "send" : "recv";
    }

    private static void name(LineBuffer out, Item item) {
        out.bytes(item.shownPath());
        if (ModeText.isDirectory(item.mode())) {
            out.octet('/');
        }
    }

    private static void file(LineBuffer out, Item item) {
        byte[] directory = item.sourceDirectory();
        LineBuffer whole = new LineBuffer();
        if (directory.length > 0) {
            whole.bytes(directory).octet('/');
        }
        byte[] path = PathText.clean(whole.bytes(item.path()).toByteArray());
        int leading = path.length > 0 && path[0] == '/' ? 1 : 0;
        out.bytes(path, leading, path.length - leading);
    }

    private static void link(LineBuffer out, Part part, Item item) {
        byte[] other = item.otherName();
        boolean symlink = ModeText.isSymlink(item.mode()) && (item.flags() & ItemFlags.DELETED) == 0;
        int mark = out.length() + 4;
        if (other.length > 0) {
            out.text(" => ").bytes(other).pad(mark, part.width());
        } else if (symlink) {
            out.text(" -> ").bytes(item.linkTarget()).pad(mark, part.width());
        } else if (part.width() != 0) {
            out.spaces(4).pad(mark, part.width());
        }
    }
}
