package io.sluice.watcher.status;

import io.sluice.watcher.mirror.ReplicaStatus.State;

/**
 * A replica's state in words and signs: a colour alone tells nobody who does not see it.
 *
 * @param words for people
 * @param glyph a sign
 * @param tone a class of the style sheet: good, busy, late or bad
 */
record Standing(String words, String glyph, String tone) {
    static Standing of(ReplicaView replica) {
        State state = replica.status().state();
        return switch (state) {
            case IN_SYNC -> new Standing("In sync", "✓", "good");
            case PUSHING ->
                replica.isInSync() ? new Standing("Pushing", "↑", "good") : new Standing("Pushing, late", "↑", "late");
            case SYNCHRONIZING -> new Standing("First synchronization", "↑", "busy");
            case WAITING -> new Standing("Waiting to try again", "!", "bad");
            case HELD -> new Standing("Held: no source", "‖", "late");
            case CLOSED -> new Standing("Stopped", "×", "bad");
        };
    }

    static Standing of(BoardView board) {
        String words = board.summary();
        if (board.isInSync()) {
            return new Standing(words, "✓", "good");
        }
        boolean failing = board.sources().stream()
                .flatMap(source -> source.replicas().stream())
                .anyMatch(replica -> of(replica).tone().equals("bad"));
        return failing ? new Standing(words, "!", "bad") : new Standing(words, "↑", "busy");
    }
}
