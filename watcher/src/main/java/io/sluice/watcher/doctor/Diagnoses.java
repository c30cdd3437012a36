package io.sluice.watcher.doctor;

import io.sluice.watcher.doctor.Diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Collects what checks find about one subject. */
final class Diagnoses {
    private final String subject;
    private final List<Diagnosis> found = new ArrayList<>();

    Diagnoses(String subject) {
        this.subject = subject;
    }

    void good(String check, String text) {
        add(Verdict.GOOD, check, text, "");
    }

    void note(String check, String text, String advice) {
        add(Verdict.NOTE, check, text, advice);
    }

    void warning(String check, String text, String advice) {
        add(Verdict.WARNING, check, text, advice);
    }

    void bad(String check, String text, String advice) {
        add(Verdict.BAD, check, text, advice);
    }

    private void add(Verdict verdict, String check, String text, String advice) {
        found.add(new Diagnosis(subject, verdict, check, text, advice));
    }

    List<Diagnosis> list() {
        return List.copyOf(found);
    }
}
