package io.sluice.watcher.doctor;

import io.sluice.client.Location;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.session.Session;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.TrialPush;
import java.util.List;
import java.util.Locale;

/**
 * Looks at a replica as a push would: in a trial run of the source's directory alone, without what is in it, so that nothing changes there.
 */
public final class ReplicaCheck {
    private static final int WITH_MISSING_ARGUMENTS = 31;
    private static final String REACH = "reach";

    private final NamedMirror mirror;
    private final Replica replica;
    private final boolean writeTest;

    /** @param writeTest may write a file there for a moment, which is the only way to know some things */
    public ReplicaCheck(NamedMirror mirror, Replica replica, boolean writeTest) {
        this.mirror = mirror;
        this.replica = replica;
        this.writeTest = writeTest;
    }

    /** Looks. */
    public List<Diagnosis> run() {
        Diagnoses found = new Diagnoses("[" + mirror.name() + "] " + replica);
        TrialPush trial = TrialPush.of(mirror.configuration(), replica);
        if (trial.exitCode() == ExitCode.OK) {
            trial.session().ifPresent(session -> reached(found, session, trial.millis()));
            found.good("write", "a push is accepted (a trial run: nothing was written)");
            written(found);
        } else {
            failed(found, trial.exitCode(), String.join("; ", trial.words()));
        }
        return found.list();
    }

    private void failed(Diagnoses found, ExitCode code, String said) {
        String text = said.isEmpty() ? code.phrase() + " (code " + code.value() + ")" : said;
        Advice.Explained explained = Advice.of(code, text, replica.location());
        found.bad(explained.check(), text.replaceAll("\\p{Cntrl}", " "), explained.advice());
    }

    private void reached(Diagnoses found, Session session, long millis) {
        int version = session.version().number();
        String text = String.format(
                Locale.ROOT,
                "answers in %d ms; protocol %d, %s",
                millis,
                version,
                session.transferChecksum().wireName());
        if (version < WITH_MISSING_ARGUMENTS) {
            found.warning(
                    REACH,
                    text + ": an rsync before 3.1, or one that is not rsync's own",
                    "it works; with a newer rsync, or Sluice, deletions cost less and times are exact to the nanosecond");
        } else {
            found.good(REACH, text);
        }
        if (replica.location() instanceof Location.Daemon daemon) {
            if (daemon.user().isPresent()) {
                found.good("login", "user " + daemon.user().get());
            } else {
                found.note("login", "nobody has to log in", "\"auth users\" and \"hosts allow\" keep others out");
            }
        }
    }

    private void written(Diagnoses found) {
        if (writeTest) {
            new WriteTest(mirror.configuration(), replica).run(found);
        } else {
            found.note(
                    "clock, disk",
                    "not known: rsync's protocol tells neither a peer's time nor its free space",
                    "--write-test writes a file there for a moment, which shows the clock, and that there is room");
        }
    }
}
