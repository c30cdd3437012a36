package io.sluice.client.parallel;

import static io.sluice.protocol.event.ItemFlags.IS_NEW;
import static io.sluice.protocol.event.ItemFlags.LOCAL_CHANGE;
import static io.sluice.protocol.event.ItemFlags.REPORT_PERMS;
import static io.sluice.protocol.event.ItemFlags.REPORT_TIME;
import static io.sluice.protocol.event.ItemFlags.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account of several sessions, event by event: one that is told twice, or with what a session changed on its way, fails. */
class JointDisplayTest {
    private final List<String> told = new ArrayList<>();
    private final TransferListener shown = new TransferListener() {
        @Override
        public void item(Item item) {
            told.add(name(item) + " " + Integer.toHexString(item.flags()));
        }

        @Override
        public void transferStarted(Item item) {
            told.add("start " + name(item) + " " + item.place());
        }

        @Override
        public void transferEnded(Item item, boolean complete) {
            told.add("end " + name(item));
        }

        @Override
        public void jointProgress(long offset, long size) {
            told.add("joint " + offset + "/" + size);
        }

        @Override
        public void notice(Notice notice) {
            told.add(new String(notice.text(), StandardCharsets.ISO_8859_1));
        }
    };
    private final TransferPlan plan = new TransferPlan(TransferListener.NONE);
    private final JointDisplay display = new JointDisplay(shown, plan);

    private record Entry(String name, int mode, int flags, long size) implements Item {
        @Override
        public boolean sent() {
            return true;
        }

        @Override
        public byte[] path() {
            return name.getBytes(StandardCharsets.ISO_8859_1);
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

    private static String name(Item item) {
        return new String(item.path(), StandardCharsets.ISO_8859_1);
    }

    private static Entry file(String name, int flags) {
        return new Entry(name, FileMode.REGULAR | 0644, flags, 100);
    }

    private static Entry directory(String name, int flags) {
        return new Entry(name, FileMode.DIRECTORY | 0755, flags, 0);
    }

    private static void transfer(TransferListener session, Entry entry, boolean complete) {
        session.item(entry);
        session.transferStarted(entry);
        session.transferProgress(50, 100);
        session.transferEnded(entry, complete);
    }

    @Test
    void contentsOfSeveralSessionsAreToldWhenTheyAreThere() {
        plan.fileListGrew(10, 1000, true);
        plan.item(file("a", TRANSFER));
        plan.item(file("d/b", TRANSFER));
        TransferListener one = display.share();
        TransferListener two = display.share();
        one.transferStarted(file("a", TRANSFER));
        two.transferStarted(file("d/b", TRANSFER));
        one.transferProgress(10, 100);
        two.transferProgress(20, 100);
        two.transferEnded(file("d/b", TRANSFER), true);
        one.transferProgress(30, 100);
        one.transferEnded(file("a", TRANSFER), true);
        assertThat(told)
                .containsExactly(
                        "joint 10/200",
                        "joint 30/200",
                        "d/b 8000",
                        "start d/b 8",
                        "end d/b",
                        "joint 30/100",
                        "a 8000",
                        "start a 9",
                        "end a");
    }

    @Test
    void theLastSessionTellsDirectoriesAsTheyWere() {
        plan.item(directory("worked-in", REPORT_PERMS));
        plan.item(file("worked-in/f", TRANSFER));
        plan.item(file("equal/f", TRANSFER));
        TransferListener share = display.share();
        share.transferEnded(file("worked-in/f", TRANSFER), true);
        share.transferEnded(file("equal/f", TRANSFER), true);
        told.clear();
        TransferListener last = display.last();
        last.item(directory("worked-in", REPORT_PERMS | REPORT_TIME));
        last.item(directory("equal", REPORT_TIME));
        last.item(directory("other", REPORT_TIME));
        assertThat(told).containsExactly("worked-in 10", "other 8");
    }

    @Test
    void aDirectoryThatWasMadeIsToldOnceAndCounts() {
        plan.item(directory("new", LOCAL_CHANGE | IS_NEW));
        plan.item(directory("failed", LOCAL_CHANGE | IS_NEW));
        display.directories(false).item(directory("new", LOCAL_CHANGE | IS_NEW));
        display.last().item(directory("new", REPORT_TIME));
        assertThat(told).containsExactly("new 6000");
        assertThat(display.isThere("new")).isTrue();
        assertThat(display.isThere("failed")).isFalse();
        assertThat(display.isThere("always was")).isTrue();
    }

    @Test
    void whatAShareCouldNotDoIsTheLastSessionsToTell() {
        plan.item(file("a", TRANSFER));
        plan.item(file("b", TRANSFER));
        TransferListener share = display.share();
        transfer(share, file("a", TRANSFER), false);
        share.notice(new Notice(Notice.Severity.ERROR, true, new byte[] {'e'}));
        transfer(share, file("b", TRANSFER), true);
        told.clear();
        transfer(display.last(), file("a", TRANSFER), true);
        display.last().item(file("b", 0));
        assertThat(told).containsExactly("a 8000", "start a -1", "end a");
    }

    @Test
    void aFileThatChangedAgainIsToldAgain() {
        plan.item(file("a", TRANSFER));
        display.share().transferEnded(file("a", TRANSFER), true);
        told.clear();
        display.last().item(file("a", TRANSFER));
        assertThat(told).containsExactly("a 8000");
    }
}
