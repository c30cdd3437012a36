package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileListTest {
    private static FileList incremental() throws IOException {
        Capture capture = Capture.named("incremental", 31);
        return ListStream.read(capture, capture.bytes()).list();
    }

    /** Every index leads to its segment, and those outside of the list to none. */
    @Test
    void findsTheSegmentOfAnIndex() throws IOException {
        FileList list = incremental();
        for (int i = 0; i < list.segments(); i++) {
            Segment segment = list.segment(i);
            for (int index = segment.firstIndex() - 1; index < segment.firstIndex() + segment.size(); index++) {
                assertThat(list.containing(index)).isSameAs(segment);
            }
        }
        Segment last = list.segment(list.segments() - 1);
        int end = last.firstIndex() + last.size();
        for (int index : new int[] {-1, end, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> list.containing(index)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void beginsAtIndex0WithoutIncrementalRecursion() throws IOException {
        Segment segment = new ListBytes().file("f").end().read();
        var list = new FileList(false);
        list.add(segment);
        assertThat(segment.firstIndex()).isZero();
        assertThat(list.containing(0)).isSameAs(segment);
        assertThatThrownBy(() -> list.containing(-1)).isInstanceOf(ProtocolException.class);
        assertThat(segment.entry(0).directoryNumber()).isEqualTo(-1);
    }

    @Test
    void keepsDirectoriesOfReleasedSegments() throws IOException {
        FileList list = incremental();
        byte[] path = list.directory(3).path();
        FileEntry before = list.directory(3);
        for (int i = 0; i < list.segments(); i++) {
            list.release(i);
        }
        assertThat(list.directory(3).path()).isEqualTo(path);
        assertThat(before.mode()).isEqualTo(list.directory(3).mode());
        Segment released = list.segment(0);
        assertThatIllegalStateException().isThrownBy(() -> released.entry(0));
        assertThatThrownBy(() -> list.containing(1)).isInstanceOf(ProtocolException.class);
    }

    /** A peer may call a segment finished while the generator is still at it; the generator goes on with what it has. */
    @Test
    void keepsASegmentUntilBothRolesAreDoneWithIt() throws IOException {
        FileList list = incremental();
        list.answer(2);
        assertThat(list.segment(0).entry(0).mode()).isNotZero();
        list.finish(1);
        assertThatThrownBy(() -> list.containing(1)).isInstanceOf(ProtocolException.class);
        int second = list.segment(1).firstIndex();
        assertThat(list.containing(second).number()).isEqualTo(1);
        list.finish(2);
        assertThatThrownBy(() -> list.containing(second)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesASegmentMadeForAnotherPlace() throws IOException {
        Segment segment = new ListBytes().file("f").end().read();
        var list = new FileList(false);
        list.add(segment);
        assertThatIllegalArgumentException().isThrownBy(() -> list.add(segment));
    }

    @Test
    void waitsForASegment() throws Exception {
        Segment segment = new ListBytes().file("f").end().read();
        var list = new FileList(false);
        CompletableFuture<Optional<Segment>> waiting = CompletableFuture.supplyAsync(() -> await(list, 0));
        list.add(segment);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).containsSame(segment);
    }

    @Test
    void endsWaitingWhenTheListIsComplete() throws Exception {
        var list = new FileList(true);
        CompletableFuture<Optional<Segment>> waiting = CompletableFuture.supplyAsync(() -> await(list, 0));
        list.complete();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(list.isComplete()).isTrue();
    }

    @Test
    void passesOnTheOtherRolesFailure() {
        var list = new FileList(true);
        CompletableFuture<Optional<Segment>> waiting = CompletableFuture.supplyAsync(() -> await(list, 0));
        var cause = new IOException("cut");
        list.fail(cause);
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCause(cause);
    }

    private static Optional<Segment> await(FileList list, int number) {
        try {
            return Optional.ofNullable(list.await(number));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The order a sender announced, which is the order in which a real rsync sent these segments. */
    @Test
    void tellsTheNextDirectoryDepthFirst() throws IOException {
        Capture capture = Capture.named("incremental", 31);
        FileList sent = ListStream.read(capture, capture.bytes()).list();
        var list = new FileList(true);
        list.add(sent.segment(0));
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i < sent.segments(); i++) {
            order.add(list.nextDirectoryToScan());
            list.add(sent.segment(i));
            assertThat(sent.segment(i).directory()).isEqualTo(order.getLast());
        }
        assertThat(list.nextDirectoryToScan()).isEqualTo(-1);
        assertThat(order).doesNotHaveDuplicates().hasSize(8);
    }

    /** Of two directories of one name only the first has a segment, and the root's content is in the first segment. */
    @Test
    void leavesOutDuplicatesAndTheRoot() throws IOException {
        ListBytes bytes = new ListBytes()
                .directory(".")
                .directory("a")
                .directory("a")
                .directory("b")
                .end();
        bytes.content(101).end();
        bytes.content(2).end();
        FileList list = ListStream.read(
                        ListBytes.capture(true), bytes.endOfSegments().bytes())
                .list();
        assertThat(list.segment(1).directory()).isEqualTo(1);
        assertThat(list.segment(2).directory()).isEqualTo(3);
        assertThat(list.nextDirectoryToScan()).isEqualTo(-1);
        assertThat(new String(list.directory(2).path(), StandardCharsets.US_ASCII))
                .isEqualTo("a");
    }
}
