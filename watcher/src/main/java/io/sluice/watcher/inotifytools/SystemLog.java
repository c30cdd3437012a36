package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.LocalDatagrams;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The system's log, as {@code --syslog} writes to it: facility daemon, severity info.
 *
 * <pre>
 * &lt;30&gt;Nov  1 08:00:00 inotifywait[pid]: text
 * </pre>
 */
final class SystemLog {
    private static final int DAEMON_INFO = 30;
    /** Whatever name the command was called by, as with the original. */
    private static final String PROGRAM = "inotifywait";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private final String socket;
    private final Clock clock;

    /** @param socket usually {@code /dev/log} */
    SystemLog(String socket, Clock clock) {
        this.socket = socket;
        this.clock = clock;
    }

    /** Sends a line; where there is no log, it is lost. */
    void send(String text) {
        String head = "<" + DAEMON_INFO + ">" + TIME.format(LocalDateTime.now(clock)) + " " + PROGRAM + "["
                + ProcessHandle.current().pid() + "]: ";
        try (LocalDatagrams log = LocalDatagrams.connect(socket)) {
            log.send(ByteText.bytes(head + text));
        } catch (IOException e) {
            // nobody listens: there is no other place for it
        }
    }
}
