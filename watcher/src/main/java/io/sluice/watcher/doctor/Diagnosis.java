package io.sluice.watcher.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at: this host, a source, a replica
 * @param check in a word
 * @param text what is the case
 * @param advice what to do; empty: nothing
 */
public record Diagnosis(String subject, Verdict verdict, String check, String text, String advice) {
    /** How it looks. */
    public enum Verdict {
        /** As it should be. */
        GOOD("ok"),
        /** Not known, or worth knowing. */
        NOTE("note"),
        /** It works, though not as well as it could. */
        WARNING("warning"),
        /** The mirror will not work. */
        BAD("FAILED");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As people are shown it. */
        public String word() {
            return word;
        }
    }
}
