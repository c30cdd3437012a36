package io.sluice.benchmarks;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** Runs what a command line asks for, and ends the process: with 0 if all went well, 1 if not, 2 if it makes no sense. */
final class CommandLineRun {
    private CommandLineRun() {}

    /** A benchmark. */
    interface Body {
        /**
         * Runs it as its options say.
         *
         * @return what went wrong, in words
         * @throws IllegalArgumentException if an option makes no sense
         */
        List<String> run() throws Exception;
    }

    /** @param options the annotated object that the options are put into */
    static void start(Object options, String[] arguments, Body body) throws Exception {
        CommandLine commandLine = new CommandLine(options);
        try {
            if (CommandLine.printHelpIfRequested(commandLine.parseArgs(arguments))) {
                return;
            }
            List<String> failures = body.run();
            failures.forEach(failure -> System.out.println("FAILED: " + failure));
            System.exit(failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE);
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println(commandLine.getCommandName() + ": " + e.getMessage());
            System.exit(ExitCode.USAGE);
        }
    }
}
