package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyMask;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of events: each bit has its own, so that a name in the wrong place shows. */
class EventNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0x00000001 | ACCESS
        0x00000002 | MODIFY
        0x00000004 | ATTRIB
        0x00000008 | CLOSE_WRITE,CLOSE
        0x00000010 | CLOSE_NOWRITE,CLOSE
        0x00000020 | OPEN
        0x00000040 | MOVED_FROM
        0x00000080 | MOVED_TO
        0x40000100 | CREATE,ISDIR
        0x40000200 | DELETE,ISDIR
        0x00000400 | DELETE_SELF
        0x00000800 | MOVE_SELF
        0x00002000 | UNMOUNT
        0x00004000 | Q_OVERFLOW
        0x00008000 | IGNORED
        0x80000020 | OPEN,ONESHOT
        0x00001000 | 0x00001000
        """)
    void showsEachBit(String mask, String names) {
        assertThat(EventNames.of(Long.decode(mask).intValue(), ',')).isEqualTo(names);
    }

    @Test
    void separatesAsAsked() {
        assertThat(EventNames.of(InotifyMask.CREATE | InotifyMask.IS_DIRECTORY, ':'))
                .isEqualTo("CREATE:ISDIR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        modify,DELETE,Create | 0x302
        close                | 0x18
        move                 | 0xC0
        all_events           | 0xFFF
        ''                   | 0
        modify,              | 0
        ,bogus               | 0
        modify,bogus         | -
        bogus                | -
        """)
    void readsAnArgument(String argument, String mask) {
        OptionalInt expected = mask == null ? OptionalInt.empty() : OptionalInt.of(Integer.decode(mask));
        assertThat(EventNames.mask(argument)).isEqualTo(expected);
    }
}
