package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.client.output.Console;
import io.sluice.client.output.Escaping;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.LogFile;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the console that a command line asks for. */
final class DisplaySetup {
    private static final int BUFFER = 32 * 1024;

    private DisplaySetup() {}

    static Console open(Display display, Surroundings surroundings, ItemFormat.Sources sources) throws IOException {
        OutputStream out =
                new BufferedOutputStream(display.allToErrors() ? surroundings.err() : surroundings.out(), BUFFER);
        Escaping escaping = display.eightBit()
                ? Escaping.EIGHT_BIT
                : Escaping.of(System.getProperty("sun.jnu.encoding", "ANSI_X3.4-1968"));
        boolean flushed = display.lineBuffered() || isTerminal();
        Console.Streams streams = new Console.Streams(out, surroundings.err(), flushed);
        return new Console(streams, escaping, display.quiet(), logFile(display, sources));
    }

    private static @Nullable LogFile logFile(Display display, ItemFormat.Sources sources) throws TransferException {
        String name = display.logFile();
        if (name == null) {
            return null;
        }
        try {
            OutputStream file = new FileOutputStream(ByteText.decoded(name), true);
            return new LogFile(file, sources.timestamps(), sources.seconds(), sources.processId());
        } catch (IOException e) {
            throw new TransferException(ExitCode.MESSAGE_IO, "failed to open log-file " + e.getMessage(), e);
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
