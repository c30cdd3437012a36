package io.sluice.daemon.hook;

import io.sluice.linux.RootedThread;
import io.sluice.linux.SideProgram;
import io.sluice.linux.SideProgram.Output;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands by a shell, as the user who started the daemon: by {@code RSYNC_SHELL} if that is set, else by {@code /bin/sh}. */
final class HookShell {
    static final String SHELL = "RSYNC_SHELL";
    private static final int MAX_OUTPUT = 5 * 1024;
    private static final int NO_SHELL = 127 << 8;
    private static final int NO_CHOSEN_SHELL = 1 << 8;
    private static final byte[] NOTHING = {};

    private final String shell;
    private final boolean chosen;
    private final boolean quiet;
    private final Optional<RootedThread> root;

    /**
     * @param environment the daemon's
     * @param quiet the daemon's own output is the connection, or nobody's
     * @param root where commands begin; empty: where the daemon is
     */
    HookShell(Map<String, String> environment, boolean quiet, Optional<RootedThread> root) {
        this.root = root;
        chosen = environment.containsKey(SHELL);
        shell = environment.getOrDefault(SHELL, "/bin/sh");
        this.quiet = quiet;
    }

    /**
     * How a command ended.
     *
     * @param status as {@code wait(2)} tells it
     * @param output what it wrote, as far as that was wanted
     */
    record Ended(int status, byte[] output) {}

    /** Runs a command to its end. */
    Ended run(byte[] command, Map<String, byte[]> variables, byte[] input) throws IOException, InterruptedException {
        return run(command, variables, input, quiet ? Output.NOWHERE : Output.OURS);
    }

    /** The same, with the beginning of what it writes. */
    Ended read(byte[] command, Map<String, byte[]> variables) throws IOException, InterruptedException {
        return run(command, variables, NOTHING, quiet ? Output.READ_ALONE : Output.READ);
    }

    private Ended run(byte[] command, Map<String, byte[]> variables, byte[] input, Output output)
            throws IOException, InterruptedException {
        List<byte[]> arguments = List.of(bytes(shell), bytes("-c"), command);
        SideProgram program;
        try {
            program = SideProgram.start(arguments, environment(variables), input, output, root);
        } catch (SystemCallException e) {
            return new Ended(chosen ? NO_CHOSEN_SHELL : NO_SHELL, NOTHING);
        }
        try (program) {
            byte[] written = NOTHING;
            if (output == Output.READ || output == Output.READ_ALONE) {
                try {
                    written = program.readOutput(MAX_OUTPUT);
                } catch (IOException e) {
                    // its end is what counts
                }
            }
            return new Ended(program.await(), written);
        }
    }

    private static List<byte[]> environment(Map<String, byte[]> variables) {
        List<byte[]> environment = new ArrayList<>();
        variables.forEach((name, value) -> {
            byte[] variable = new byte[name.length() + 1 + value.length];
            System.arraycopy(bytes(name + "="), 0, variable, 0, name.length() + 1);
            System.arraycopy(value, 0, variable, name.length() + 1, value.length);
            environment.add(variable);
        });
        return environment;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
