package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.Victims.Victim;
import org.junit.jupiter.api.Test;

/** The lines are those of rsync 3.5.0, and nothing is told that was not asked for. */
class TraceTest {
    private static final byte[] PATH = "d/f".getBytes(UTF_8);

    private static final ListedEntry LINE = ListedEntry.ofReceiver(TransferOptions.DEFAULT.preservation(), true);

    private final TraceVoices voices = new TraceVoices();

    @Test
    void deletions() {
        DeletionTrace trace = new DeletionTrace(voices.of("generator", "del3"));
        trace.top(PATH);
        trace.directory(PATH);
        trace.item(new Victim(PATH, 0100644, true, 1), DeletionTrace.RECURSIVE);
        trace.content(PATH, DeletionTrace.RECURSIVE);
        assertThat(voices.take())
                .containsExactly(
                        "deleting in d/f",
                        "delete_in_dir(d/f)",
                        "delete_item(d/f) mode=100644 flags=2",
                        "delete_dir_contents(d/f) flags=2");
        DeletionTrace less = new DeletionTrace(voices.of("generator", "del1"));
        less.directory(PATH);
        less.content(PATH, 0);
        assertThat(less.tellsItems()).isFalse();
        assertThat(voices.take()).isEmpty();
    }

    @Test
    void backupsAndPermissions() {
        AttributeTrace trace = new AttributeTrace(voices.of("receiver", "backup,acl"));
        trace.backedUp(PATH, AttributeTrace.Means.RENAME);
        trace.defaults(PATH, 0750);
        assertThat(voices.take())
                .containsExactly(
                        "make_backup: RENAME d/f successful.", "got ACL-based default perms 750 for directory d/f");
        new AttributeTrace(voices.of("receiver", "own")).backedUp(PATH, AttributeTrace.Means.COPY);
        assertThat(voices.take()).isEmpty();
    }

    @Test
    void linesOfListsAndTheirWitness() {
        ListTrace trace = new ListTrace(voices.of("sender", "flist3,chdir"), LINE);
        trace.entered(PATH);
        trace.made(PATH, true);
        trace.made(PATH, false);
        trace.firstSent();
        trace.allSent();
        trace.announced(3);
        trace.complete();
        assertThat(voices.take())
                .containsExactly(
                        "[sender] change_dir(d/f)",
                        "[sender] make_file(d/f,*,2)",
                        "[sender] make_file(d/f,*,0)",
                        "send_file_list done",
                        "file list sent",
                        "[sender] receiving flist for dir 3",
                        "[sender] flist_eof=1");
    }

    @Test
    void whatIsDeletedInADirectory() {
        FileStatus status = new FileStatus();
        assertThat(text(LINE.of(new Victim(PATH, 040755, true, 1), status, true, 4)))
                .startsWith("i=4 0 d/f/ mode=0")
                .endsWith(" flags=5");
        assertThat(text(LINE.of(new Victim(PATH, 0100644, false, 1), status, false, 4)))
                .startsWith("i=4 0 d/f mode=0")
                .endsWith(" flags=0");
    }

    private static String text(Text text) {
        return new String(text.toBytes(), UTF_8);
    }
}
