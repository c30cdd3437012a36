package io.sluice.client.output;

import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import java.io.IOException;

/** One presentation that is shown, and one beside it that writes a log file. */
public record LoggedPresentation(Presentation shown, Presentation log) implements Presentation {
    @Override
    public TransferListener listener() {
        return new ListenerPair(shown.listener(), log.listener());
    }

    @Override
    public void start(Start start) {
        shown.start(start);
        log.start(start);
    }

    @Override
    public void info(byte[] line) {
        shown.info(line);
        log.info(line);
    }

    @Override
    public void error(byte[] line) {
        shown.error(line);
        log.error(line);
    }

    @Override
    public void failure(byte[] line) {
        shown.failure(line);
        log.failure(line);
    }

    @Override
    public void summarize(TransferStatistics figures, long seconds) {
        shown.summarize(figures, seconds);
        log.summarize(figures, seconds);
    }

    @Override
    public void ended(int exitCode) {
        shown.ended(exitCode);
        log.ended(exitCode);
    }

    @Override
    public void close() throws IOException {
        try (shown) {
            log.close();
        }
    }
}
