package io.sluice.protocol.options;

import java.util.List;

/**
 * Where the receiver finds content beside the file that is to be updated.
 *
 * @param kind what {@code directories} are for
 * @param directories of {@code --compare-dest}, {@code --copy-dest} or {@code --link-dest}, in the order of search, one character per byte; 20 at most
 * @param fuzzy {@code -y}: 1 looks for similar names beside the file, 2 in the directories too
 * @param renamed {@code --detect-renamed}: looks for what a new file was called before
 */
public record BasisOptions(Kind kind, List<String> directories, int fuzzy, boolean renamed) {
    /** The most directories that can be given. */
    public static final int MAX_DIRECTORIES = 20;

    /** Nowhere. */
    public static final BasisOptions DEFAULT = new BasisOptions(Kind.NONE, List.of(), 0, false);

    public BasisOptions {
        directories = List.copyOf(directories);
    }

    /** What is done with a file that one of the directories has unchanged. */
    public enum Kind {
        NONE(""),
        /** Nothing. */
        COMPARE("--compare-dest"),
        /** It is copied. */
        COPY("--copy-dest"),
        /** It is hard-linked. */
        LINK("--link-dest");

        private final String option;

        Kind(String option) {
            this.option = option;
        }

        /** Returns the option's name, with its dashes. */
        public String option() {
            return option;
        }
    }
}
