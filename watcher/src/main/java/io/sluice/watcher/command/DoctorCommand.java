package io.sluice.watcher.command;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.FailureText;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.config.Finding;
import io.sluice.protocol.config.Findings;
import io.sluice.watcher.config.MirrorFile;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.doctor.Diagnosis;
import io.sluice.watcher.doctor.HostCheck;
import io.sluice.watcher.doctor.ReplicaCheck;
import io.sluice.watcher.doctor.SourceCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code sluice doctor}. */
public final class DoctorCommand {
    private static final String WRITE_TEST = "--write-test";
    private static final String USAGE = """
            Usage: sluice doctor [--config FILE] [--write-test] [--json] [--replica NAME]... [SECTION]...
            Looks at what a mirror needs, and says what to do about what is missing: limits of the kernel, privileges, the
            configuration, and each replica (reachable, version, login, whether it takes a push). Nothing is changed.

              --config FILE    the mirror's configuration; without it only this host is looked at
              --write-test     write a file of 1 MiB to each replica for a moment: only that shows its clock, and that there
                               is room (and sets the time of the replica's directory)
              --replica NAME   only this one, as the configuration has it, or by its host; may be given again
              --json           events for programs, one a line
              -h, --help       show this

            Run it as the user that the mirror runs as. Exit code: 0 all is well (warnings may be left), 1 something is not.
            """;

    private static final int AT_ONCE = 16;
    private static final int TROUBLE = 1;

    private DoctorCommand() {}

    /**
     * Looks at everything.
     *
     * @param arguments those after {@code doctor}
     * @param environment the process's variables
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            VerifyRequest request = VerifyRequest.read(arguments, Set.of(WRITE_TEST));
            if (request.help()) {
                out.print(USAGE);
                return ExitCode.OK.value();
            }
            DoctorReport report = new DoctorReport(request.json(), out);
            Path config = request.config();
            if (config == null) {
                if (!request.sections().isEmpty() || !request.replicas().isEmpty()) {
                    throw new TransferException(ExitCode.SYNTAX, "--config: none (expected: a file)");
                }
                report.tell(HostCheck.ofThisHost().run(0, 1));
            } else if (isSound(config, environment, report)) {
                look(request, MirrorFile.read(config, environment), report);
            }
            return report.end();
        } catch (IOException e) {
            err.println("sluice doctor: " + FailureText.of(e));
            return TROUBLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TROUBLE;
        }
    }

    private static boolean isSound(Path config, Map<String, String> environment, DoctorReport report)
            throws IOException {
        Findings findings = MirrorFile.check(config, environment);
        List<Diagnosis> found = new ArrayList<>();
        for (Finding finding : findings.list()) {
            boolean error = finding.severity() == Finding.Severity.ERROR;
            Diagnosis.Verdict verdict = error ? Diagnosis.Verdict.BAD : Diagnosis.Verdict.WARNING;
            found.add(new Diagnosis(config.toString(), verdict, "line " + finding.line(), finding.text(), ""));
        }
        if (found.isEmpty()) {
            found.add(
                    new Diagnosis(config.toString(), Diagnosis.Verdict.GOOD, "syntax", "nothing is wrong with it", ""));
        }
        report.tell(found);
        return !findings.hasErrors();
    }

    private static void look(VerifyRequest request, List<NamedMirror> mirrors, DoctorReport report)
            throws IOException, InterruptedException {
        List<VerifyRequest.Chosen> replicas = request.choose(mirrors);
        List<List<Diagnosis>> sources = new ArrayList<>();
        long directories = 0;
        for (NamedMirror mirror : mirrors) {
            SourceCheck check = SourceCheck.of(mirror);
            List<Diagnosis> found = check.run();
            directories += check.directories();
            if (request.chooseSections(mirrors).contains(mirror)) {
                sources.add(found);
            }
        }
        report.tell(HostCheck.ofThisHost().run(directories, mirrors.size()));
        sources.forEach(report::tell);
        boolean writing = request.flags().contains(WRITE_TEST);
        try (ExecutorService executor = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("doctor-", 0).factory())) {
            List<Future<List<Diagnosis>>> results = new ArrayList<>();
            for (VerifyRequest.Chosen chosen : replicas) {
                results.add(executor.submit(() -> new ReplicaCheck(chosen.mirror(), chosen.replica(), writing).run()));
            }
            for (Future<List<Diagnosis>> result : results) {
                report.tell(value(result));
            }
        }
    }

    private static List<Diagnosis> value(Future<List<Diagnosis>> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
