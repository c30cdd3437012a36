package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.output.Console;
import io.sluice.client.output.Escaping;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.LogFile;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the console that a command line asks for. */
final class DisplaySetup {
    private static final int BUFFER = 32 * 1024;
    private static final int LOG_MODE = 0666;

    private DisplaySetup() {}

    static Console open(Display display, NamedFiles files, Surroundings surroundings, ItemFormat.Sources sources)
            throws IOException {
        OutputStream out =
                new BufferedOutputStream(display.allToErrors() ? surroundings.err() : surroundings.out(), BUFFER);
        Escaping escaping = display.eightBit()
                ? Escaping.EIGHT_BIT
                : Escaping.of(System.getProperty("sun.jnu.encoding", "ANSI_X3.4-1968"));
        boolean flushed = display.lineBuffered() || isTerminal();
        Console.Streams streams = new Console.Streams(out, surroundings.err(), flushed);
        return new Console(
                streams, escaping, display.quiet(), logFile(display.logFile(), files, surroundings, sources));
    }

    private static @Nullable LogFile logFile(
            @Nullable String name, NamedFiles files, Surroundings surroundings, ItemFormat.Sources sources)
            throws IOException {
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            OpenFile file = files.openForAppending(name, LOG_MODE);
            return new LogFile(file.output(), sources.timestamps(), sources.seconds(), sources.processId());
        } catch (SystemCallException e) {
            // As rsync: the log is a convenience, the transfer goes on without it.
            String text = "rsync: [client] failed to open log-file " + name + ": " + e.reason() + " (" + e.errno()
                    + ")\n" + "Ignoring \"log file\" setting.\n";
            surroundings.err().write(ByteText.bytes(text));
            return null;
        }
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
