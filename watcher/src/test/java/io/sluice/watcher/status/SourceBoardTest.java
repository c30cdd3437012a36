package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which replicas are shown while they come and go; that the others are shown as before tells that something is shown at all. */
class SourceBoardTest {
    private final Boards boards = Boards.inSync();

    /** The mirror may give up waiting for a worker that hangs: what that one says later is of nobody's concern. */
    @Test
    void showsAReplicaThatLeftNoMoreWhateverItsWorkerSays() {
        boards.statuses.remove(Boards.WEB2);
        boards.source.replicas(List.of(Boards.WEB1));
        boards.source.failed(Boards.WEB2, Boards.REFUSED, Duration.ofSeconds(1));
        BoardView view = boards.board.view();
        assertThat(view.replicas()).isEqualTo(1);
        assertThat(view.isInSync()).isTrue();
    }

    /** Its worker begins before the board is told which replicas there are now. */
    @Test
    void knowsWhatANewReplicasWorkerSaidBeforeItWasShown() {
        boards.source.replicas(List.of(Boards.WEB1));
        boards.source.pushed(Boards.WEB2, Boards.whole(1200, 3_400_000));
        boards.source.replicas(List.of(Boards.WEB1, Boards.WEB2));
        BoardView view = boards.board.view();
        assertThat(view.replicas()).isEqualTo(2);
        assertThat(view.isInSync()).isTrue();
    }
}
