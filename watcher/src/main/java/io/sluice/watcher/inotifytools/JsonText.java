package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.client.output.JsonLine;
import java.time.Clock;

/**
 * {@code --json}: an object a line.
 *
 * <pre>
 * {"event":"CREATE,ISDIR","time_ms":1763800000000,"watched":"www/","name":"new","cookie":0}
 * </pre>
 *
 * A name that is not UTF-8 has its bytes beside it, as in {@code rsync --json}.
 */
final class JsonText implements EventText {
    private final Clock clock;

    /** @param clock the time of telling */
    JsonText(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String of(ToolEvent event) {
        return ByteText.of(new JsonLine(EventNames.of(event.mask(), ','))
                .number("time_ms", clock.millis())
                .bytes("watched", ByteText.bytes(event.watched()))
                .bytes("name", ByteText.bytes(event.name()))
                .number("cookie", Integer.toUnsignedLong(event.cookie()))
                .toByteArray());
    }
}
