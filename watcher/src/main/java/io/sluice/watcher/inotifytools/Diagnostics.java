package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import java.io.PrintStream;
import java.util.Optional;

/** What a command says besides events: to standard error, or to the system's log. */
final class Diagnostics {
    private final PrintStream err;
    private final Optional<SystemLog> log;

    /** @param log instead of {@code err}; empty: none */
    Diagnostics(PrintStream err, Optional<SystemLog> log) {
        this.err = err;
        this.log = log;
    }

    /** Says a line, or several with newlines between them; one character per byte. */
    void say(String text) {
        if (log.isPresent()) {
            text.lines().forEach(log.get()::send);
        } else {
            print(err, text + "\n");
        }
    }

    /** Prints text with one character per byte. */
    static void print(PrintStream stream, String text) {
        byte[] bytes = ByteText.bytes(text);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
