package io.sluice.watcher.status;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.Trouble;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a monitor tells, as lines: in JSON for programs, or for people. No line has a control character in it. */
enum EventLines {
    JSON {
        @Override
        void change(Change change, StringBuilder out) {
            JsonWriter json =
                    new JsonWriter(out).object("").text("event", "change").bytes("path", change.path());
            json.array("kinds");
            change.kinds().stream().sorted().forEach(kind -> json.text("", word(kind)));
            json.endArray().flag("directory", change.directory());
            change.movedFrom().ifPresent(old -> json.bytes("moved_from", old));
            json.endObject();
        }

        @Override
        void trouble(Trouble trouble, StringBuilder out) {
            new JsonWriter(out)
                    .object("")
                    .text("event", "trouble")
                    .text("kind", word(trouble.kind()))
                    .bytes("path", trouble.path())
                    .text("message", trouble.message())
                    .endObject();
        }

        @Override
        void notice(String event, String message, StringBuilder out) {
            new JsonWriter(out)
                    .object("")
                    .text("event", event)
                    .text("message", message)
                    .endObject();
        }
    },

    TEXT {
        @Override
        void change(Change change, StringBuilder out) {
            out.append(change.kinds().stream().sorted().map(EventLines::word).collect(Collectors.joining(",")))
                    .append(' ');
            shown(change.path(), out);
            if (change.directory() && change.path().length > 0) {
                out.append('/');
            }
            change.movedFrom().ifPresent(old -> shown(old, out.append(" from ")));
        }

        @Override
        void trouble(Trouble trouble, StringBuilder out) {
            notice("trouble", trouble.message(), out);
        }

        @Override
        void notice(String event, String message, StringBuilder out) {
            out.append(event).append(": ");
            shown(message.getBytes(StandardCharsets.UTF_8), out);
        }
    };

    /** Appends what changed. */
    abstract void change(Change change, StringBuilder out);

    /** Appends what keeps the monitor from seeing all. */
    abstract void trouble(Trouble trouble, StringBuilder out);

    /** Appends something about the events themselves. */
    abstract void notice(String event, String message, StringBuilder out);

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As rsync shows names: what is no text, or would move a terminal's cursor, as {@code \#} and three octal digits. */
    private static void shown(byte[] path, StringBuilder out) {
        if (path.length == 0) {
            out.append('.');
            return;
        }
        boolean text = isText(path);
        for (int i = 0; i < path.length; i++) {
            int octet = path[i] & 0xFF;
            if (octet < ' ' || octet == 0x7F || (octet >= 0x80 && !text)) {
                out.append("\\#")
                        .append((char) ('0' + (octet >> 6)))
                        .append((char) ('0' + (octet >> 3 & 7)))
                        .append((char) ('0' + (octet & 7)));
            } else if (octet < 0x80) {
                out.append((char) octet);
            } else {
                int length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2;
                out.append(new String(path, i, length, StandardCharsets.UTF_8));
                i += length - 1;
            }
        }
    }

    /** In UTF-8, without the control characters from U+0080 to U+009F. */
    private static boolean isText(byte[] path) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return decoder.decode(ByteBuffer.wrap(path))
                    .chars()
                    .noneMatch(c -> (c >= 0x80 && Character.isISOControl(c)) || c == 0x2028 || c == 0x2029);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
