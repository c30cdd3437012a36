package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine;
import io.sluice.client.command.CommandLineReader;
import io.sluice.client.command.HelpText;
import io.sluice.client.command.Invocation;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.command.OperandParser;
import io.sluice.client.command.VersionText;
import io.sluice.client.output.FailureLine;
import io.sluice.client.output.Presentation;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The {@code rsync} command: rsync's command line, texts and exit codes, over {@link RsyncClient}. */
public final class RsyncCommand {
    private RsyncCommand() {}

    /**
     * What the command sees of the world.
     *
     * @param environment its variables
     * @param in standard input, unbuffered
     * @param out standard output, unbuffered
     * @param err standard error
     */
    public record Surroundings(Map<String, String> environment, InputStream in, OutputStream out, OutputStream err) {}

    /** What {@code --daemon} hands over to. */
    @FunctionalInterface
    public interface DaemonStart {
        /**
         * Runs a daemon with rsync's arguments for one.
         *
         * @return the exit code
         */
        int run(List<String> arguments);
    }

    /**
     * Runs the command with the arguments that this process was started with last, whatever bytes they have.
     *
     * @return the exit code
     */
    public static int run(String[] arguments, DaemonStart daemon) {
        Surroundings process = new Surroundings(
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
        List<String> words = Invocation.words(List.of(arguments));
        return CommandLineReader.isDaemon(words)
                ? daemon.run(words.stream().map(ByteText::decoded).toList())
                : run(words, process);
    }

    /**
     * Runs the command.
     *
     * @param words without the program's name, one character (0–255) per byte
     * @return the exit code
     */
    public static int run(List<String> words, Surroundings surroundings) {
        if (words.contains("--server")) {
            return new ServerCommand(surroundings).run(words);
        }
        try {
            CommandLine line = CommandLineReader.read(words, surroundings.environment());
            return switch (line.request()) {
                case HELP -> print(surroundings.out(), HelpText.usage());
                case VERSION -> print(surroundings.out(), VersionText.text());
                case VERSION_JSON -> print(surroundings.out(), VersionText.json());
                case INFO_HELP -> print(surroundings.out(), HelpText.info());
                case DEBUG_HELP -> print(surroundings.out(), HelpText.debug());
                case TRANSFER -> transfer(line, surroundings);
            };
        } catch (IOException e) {
            return fail(e, surroundings.err());
        }
    }

    private static int transfer(CommandLine line, Surroundings surroundings) throws IOException {
        if (line.operands().isEmpty()) {
            byte[] last = FailureLine.of(ExitCode.SYNTAX, FailureLine.Role.RECEIVER, Version.TEXT);
            print(surroundings.err(), HelpText.usage() + ByteText.of(last) + "\n");
            return ExitCode.SYNTAX.value();
        }
        NamedFiles named =
                new NamedFiles(line.options().preservation().symlinks().insecure());
        try (Presentation shown = DisplaySetup.open(line.display(), named, surroundings)) {
            int code = transfer(line, surroundings, shown);
            shown.ended(code);
            return code;
        } catch (UncheckedIOException e) {
            throw new TransferException(ExitCode.MESSAGE_IO, "output: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) { // a thread that waits for this one must not keep the process alive
            throw TransferException.of(e);
        }
    }

    private static int transfer(CommandLine line, Surroundings surroundings, Presentation shown) {
        try {
            TransferCommand command = new TransferCommand(line, surroundings);
            int code = command.run(shown);
            boolean dryRun = line.options().update().dryRun();
            EndText.of(code, command.role(), line.options().reporting(), dryRun)
                    .forEach(text -> shown.info(ByteText.bytes(text)));
            return code;
        } catch (TransferException e) {
            String.valueOf(e.getMessage()).lines().forEach(text -> shown.error(ByteText.bytes(text)));
            shown.failure(FailureLine.of(e.exitCode(), roleOf(line.operands()), Version.TEXT));
            return e.exitCode().value();
        }
    }

    /** The operands do not fit together: rsync goes by the first. */
    private static FailureLine.Role roleOf(List<String> operands) {
        boolean pulls = OperandParser.parse(operands.getFirst()) instanceof Location.Remote;
        return pulls ? FailureLine.Role.RECEIVER : FailureLine.Role.SENDER;
    }

    /** Tells a failure that came before there was a transfer. */
    private static int fail(IOException failure, OutputStream err) {
        ExitCode code = failure instanceof TransferException known ? known.exitCode() : ExitCode.FILE_IO;
        String text = String.valueOf(failure.getMessage());
        byte[] last = FailureLine.of(code, FailureLine.Role.CLIENT, Version.TEXT);
        try {
            print(err, (text.isEmpty() ? "" : text + "\n") + ByteText.of(last) + "\n");
        } catch (IOException nobodyReads) {
            return ExitCode.MESSAGE_IO.value();
        }
        return code.value();
    }

    private static int print(OutputStream to, String text) throws IOException {
        to.write(ByteText.bytes(text));
        to.flush();
        return 0;
    }
}
