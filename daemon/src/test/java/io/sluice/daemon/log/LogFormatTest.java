package io.sluice.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.auth.UserName;
import io.sluice.daemon.config.LogTarget;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.session.ChecksumType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts were taken from the log of rsync 3.5.0 for files of these kinds; each field has a value that no other has. */
class LogFormatTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:35:35Z"), ZoneOffset.UTC);
    private static final int REGULAR = 0100644;
    private static final int DIRECTORY = 040755;
    private static final int SYMLINK = 0120777;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final DaemonLog daemon = new DaemonLog(new PrintStream(written, true, StandardCharsets.UTF_8), CLOCK);
    private final Log log = daemon.connection(new LogTarget("", 24, "rsyncd"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%o %h [%a] %m (%u) %f %l|recv localhost [127.0.0.1] m (joe) new/a 12345",
                "%i %n|>f+++++++++ a",
                "%b/%c|46/7",
                "%P %t|/srv/m 2026/11/21 08:35:35",
                "%M %B %U %G|2026/11/21-08:35:30 rw-r--r-- 1000 DEFAULT",
                "%''l %'.|12.35K %'.",
                "%C|00000000000000000000000000000000",
                "[%L%-3L]|[       ]",
                "%'l %-6o| 12,345 recv  |",
                "%8l.|   12345.",
                "100%% %z %|100% %z %",
            })
    void fillsEscapes(String format, String expected) {
        String wanted = expected.strip().replace("|", "");
        Item item = item(ItemFlags.TRANSFER | ItemFlags.IS_NEW, REGULAR, "a");
        assertThat(format(format, item).strip()).isEqualTo(wanted.strip());
    }

    @Test
    void marksDirectoriesAndLinks() {
        assertThat(format("%i %n", item(ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW, DIRECTORY, "sub")))
                .isEqualTo("cd+++++++++ sub/");
        assertThat(format("%i %n%L", item(ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW, SYMLINK, "l")))
                .isEqualTo("cL+++++++++ l -> target");
        assertThat(format("%i", item(ItemFlags.REPORT_TIME, DIRECTORY, "."))).isEqualTo(".d..t......");
        assertThat(format("%i|", item(0, REGULAR, "a"))).isEqualTo(".f         |");
    }

    @Test
    void tellsDeletionsByTheFormatOnlyIfItTellsOperations() {
        new ItemLog(log, Optional.of(LogFormat.parse("%f")), ItemLog.Wishes.NONE)
                .deleted("x".getBytes(StandardCharsets.UTF_8), true, facts());
        new ItemLog(log, Optional.of(LogFormat.parse("%i %o %f")), ItemLog.Wishes.NONE)
                .deleted("x".getBytes(StandardCharsets.UTF_8), true, facts());
        assertThat(written.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(line.indexOf(']') + 2)))
                .containsExactly("deleting x/", "*deleting   del. new/x");
    }

    @Test
    void logsChangesWithoutTransferOnlyIfItItemizes() {
        Item changed = item(ItemFlags.REPORT_TIME, DIRECTORY, "sub");
        new ItemLog(log, Optional.of(LogFormat.parse("%o %f")), ItemLog.Wishes.NONE).item(changed, facts());
        assertThat(written.size()).isZero();
        new ItemLog(log, Optional.of(LogFormat.parse("%i %f")), ItemLog.Wishes.NONE).item(changed, facts());
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("] .d..t...... new/sub\n");
    }

    @Test
    void namesWhatIsMadeIfTheClientWantsNames() {
        Item made = item(ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW, DIRECTORY, "sub");
        ItemLog.Wishes wishes = new ItemLog.Wishes(true, true, true, true);
        new ItemLog(log, Optional.of(LogFormat.parse("%o %f")), wishes).item(made, facts());
        new ItemLog(log, Optional.of(LogFormat.parse("%i %f")), wishes).item(made, facts());
        new ItemLog(log, Optional.of(LogFormat.parse("%o %f")), wishes).item(item(0, DIRECTORY, "same"), facts());
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("] sub/");
        new ItemLog(log, Optional.of(LogFormat.parse("%i %f")), new ItemLog.Wishes(false, true, true, false))
                .item(item(0, DIRECTORY, "same"), facts());
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("] .d          new/same\n");
    }

    /** A client's {@code -v} is answered by the log of a module that logs no transfers too, as rsync's is. */
    @Test
    void namesChangedDirectoriesWhereverNothingIsItemized() {
        ItemLog plain = new ItemLog(log, Optional.empty(), new ItemLog.Wishes(true, false, false, false));
        plain.item(item(ItemFlags.REPORT_PERMS, DIRECTORY, "."), facts());
        plain.item(item(ItemFlags.REPORT_PERMS, REGULAR, "file"), facts());
        plain.item(item(ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW, DIRECTORY, "timeless"), facts());
        plain.item(item(ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW, SYMLINK, "l"), facts());
        plain.transferred(item(ItemFlags.TRANSFER, REGULAR, "content"), facts());
        plain.deleted("x".getBytes(StandardCharsets.UTF_8), true, facts());
        assertThat(written.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(line.indexOf(']') + 2)))
                .containsExactly("./", "l -> target");
    }

    private String format(String format, Item item) {
        return new String(LogFormat.parse(format).format(item, facts(), log), StandardCharsets.UTF_8);
    }

    private static TransferFacts facts() {
        return new TransferFacts(
                "localhost",
                "127.0.0.1",
                "m",
                bytes("/srv/m"),
                new UserName(bytes("joe")),
                bytes("new"),
                true,
                true,
                true,
                false,
                ChecksumType.MD5,
                false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Sample(int flags, int mode, byte[] path) implements Item {
        @Override
        public boolean sent() {
            return false;
        }

        @Override
        public long size() {
            return 12_345;
        }

        @Override
        public long modificationTime() {
            return Instant.parse("2026-11-21T08:35:30Z").getEpochSecond();
        }

        @Override
        public int uid() {
            return 1000;
        }

        @Override
        public int gid() {
            return 100;
        }

        @Override
        public byte[] linkTarget() {
            return bytes("target");
        }

        @Override
        public byte[] otherName() {
            return new byte[0];
        }

        @Override
        public long wireBytes() {
            return 46;
        }

        @Override
        public long checksumBytes() {
            return 7;
        }
    }

    private static Item item(int flags, int mode, String path) {
        return new Sample(flags, mode, bytes(path));
    }
}
