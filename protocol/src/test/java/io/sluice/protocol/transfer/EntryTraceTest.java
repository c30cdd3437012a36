package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filelist.ListWitness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are those of rsync 3.5.0. */
class EntryTraceTest {
    private final TraceVoices voices = new TraceVoices();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flist1 | ",
                "flist2 | recv_file_name(a/b); received 1 names",
                "dup | removing duplicate name a/b from file list (5)",
                "hlink | [Receiver] #4 hard-links #3 (abbrev); [Receiver] #9 hard-links #3 (unabbrev)",
                "hlink3 | [Receiver] #4 hard-links #3 (abbrev); [Receiver] #9 hard-links #3 (unabbrev);"
                        + " [Receiver] dev:inode for #3 is 1:18446744073709551615",
                "own | ",
                "own2 | uid 1(daemon) maps to 7; process has 2 gids:  10 12; gid 4294967295() maps to 4294967295"
            })
    void tellsWhatItsLevelAsksFor(String words, String lines) {
        EntryTrace trace = new EntryTrace(voices.of("Receiver", words));
        trace.read("a/b".getBytes(UTF_8));
        trace.readAll(1);
        trace.linked(4, 3, true);
        trace.linked(9, 3, false);
        trace.numbered(3, 1, -1);
        trace.user(1, "daemon", 7);
        trace.ownGroups(new int[] {10, 12});
        trace.group(-1, "", -1);
        trace.leftOut("a/b".getBytes(UTF_8), 5);
        assertThat(voices.take()).isEqualTo(lines == null ? List.of() : List.of(lines.split("; ")));
    }

    @Test
    void hearsOnlyWhatSomebodyWantsToKnow() {
        List<ListWitness> attached = new ArrayList<>();
        new EntryTrace(voices.of("sender", "flist1,own1,genr")).attach(attached::add);
        assertThat(attached).isEmpty();
        new EntryTrace(voices.of("sender", "own2")).attach(attached::add);
        assertThat(attached).hasSize(1);
    }
}
