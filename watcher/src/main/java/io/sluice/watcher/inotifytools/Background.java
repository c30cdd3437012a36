package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.Invocation;
import io.sluice.linux.SideProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code --daemon}: starts this process's command anew, in a session of its own and without a terminal, as a Java process
 * cannot fork. The new one says a word on its standard output once it watches, and closes it. It stays in its directory,
 * so that relative names mean what they say.
 */
final class Background {
    private static final String MARK = "SLUICE_INOTIFYWAIT_BACKGROUND";
    private static final String READY = "ready";
    private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

    private Background() {}

    /** Whether this process is the one that was started anew. */
    static boolean isBackground(Map<String, String> environment) {
        return READY.equals(environment.get(MARK));
    }

    /**
     * Starts it, and waits until it watches or has failed.
     *
     * @param words the arguments, the last of this process's command line
     * @param input its standard input
     * @return the exit code for this process
     */
    static int start(List<String> words, byte[] input) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SET_SESSION)) {
            command.add(SET_SESSION.toString());
        }
        command.addAll(Invocation.program(words.size()));
        command.addAll(words);
        List<byte[]> arguments = command.stream().map(ByteText::bytes).toList();
        List<byte[]> variables = List.of((MARK + "=" + READY).getBytes(StandardCharsets.US_ASCII));
        byte[] ready = READY.getBytes(StandardCharsets.US_ASCII);
        try (SideProgram program =
                SideProgram.start(arguments, variables, input, SideProgram.Output.READ_ALONE, Optional.empty())) {
            if (Arrays.equals(program.readOutput(ready.length), ready)) {
                return 0;
            }
            program.await();
            return WaitRun.FAILED;
        }
    }

    /** In the new process: says that it watches, and lets go of the stream. */
    static void announce(PrintStream out) {
        Diagnostics.print(out, READY);
        out.close();
    }
}
