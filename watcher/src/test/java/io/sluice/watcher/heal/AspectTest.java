package io.sluice.watcher.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rsync's bits mean to somebody who asks what differs; the kinds of files matter, as some bits have two meanings. */
class AspectTest {
    private static final int SIZE = ItemFlags.REPORT_SIZE;

    private record Told(int flags, int mode) implements Item {
        @Override
        public boolean sent() {
            return true;
        }

        @Override
        public byte[] path() {
            return new byte[0];
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public long modificationTime() {
            return 0;
        }

        @Override
        public int uid() {
            return 0;
        }

        @Override
        public int gid() {
            return 0;
        }

        @Override
        public byte[] linkTarget() {
            return new byte[0];
        }

        @Override
        public byte[] otherName() {
            return new byte[0];
        }

        @Override
        public long wireBytes() {
            return 0;
        }
    }

    private static int mode(String kind) {
        return switch (kind) {
            case "file" -> 0100644;
            case "link" -> 0120777;
            default -> 0040755;
        };
    }

    private static int flags(String letters) {
        return letters.chars()
                .map(c -> switch (c) {
                    case 'c' -> ItemFlags.REPORT_CHANGE;
                    case 's' -> SIZE;
                    case 't' -> ItemFlags.REPORT_TIME;
                    case 'p' -> ItemFlags.REPORT_PERMS;
                    case 'o' -> ItemFlags.REPORT_OWNER;
                    case 'g' -> ItemFlags.REPORT_GROUP;
                    case 'a' -> ItemFlags.REPORT_ACL;
                    case 'x' -> ItemFlags.REPORT_XATTR;
                    case '+' -> ItemFlags.IS_NEW;
                    case '<' -> ItemFlags.TRANSFER;
                    case 'h' -> ItemFlags.LOCAL_CHANGE | ItemFlags.XNAME_FOLLOWS;
                    default -> 0;
                })
                .reduce(0, (a, b) -> a | b);
    }

    @ParameterizedTest
    @CsvSource({
        "file, ., ''",
        "file, <c, CONTENT",
        "file, <, CONTENT",
        "file, <cstpog, CONTENT TIME MODE OWNER GROUP",
        "file, t, TIME",
        "file, pax, MODE ACL XATTR",
        "file, <+, MISSING",
        "file, h, LINK",
        "link, c, CONTENT",
        "link, st, TIME",
        "directory, t, TIME",
        "directory, +, MISSING",
    })
    void saysWhatDiffers(String kind, String letters, String expected) {
        String aspects = Aspect.of(new Told(flags(letters), mode(kind))).stream()
                .map(Aspect::name)
                .collect(Collectors.joining(" "));
        assertThat(aspects).isEqualTo(expected);
    }
}
