package io.sluice.client.output;

import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import java.io.IOException;

/** rsync's lines on the console. */
public final class TextPresentation implements Presentation {
    private final Console console;
    private final Reporter reporter;

    /** @param console is closed with this */
    public TextPresentation(Console console, Reporter reporter) {
        this.console = console;
        this.reporter = reporter;
    }

    @Override
    public TransferListener listener() {
        return reporter;
    }

    @Override
    public void start(Start start) {
        reporter.start(start.items(), start.sending(), start.incremental(), start.directories());
    }

    @Override
    public void info(byte[] line) {
        console.info(line);
    }

    @Override
    public void error(byte[] line) {
        console.error(line);
    }

    @Override
    public void failure(byte[] line) {
        console.error(line);
    }

    @Override
    public void summarize(TransferStatistics figures, long seconds) {
        reporter.summarize(figures, seconds);
    }

    @Override
    public void ended(int exitCode) {
        // The failure's line has told.
    }

    @Override
    public void close() throws IOException {
        console.close();
    }
}
