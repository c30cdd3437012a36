package io.sluice.protocol.filter;

/** What a filter rule carries besides its pattern (rsync(1), FILTER RULE MODIFIERS and MERGE-FILE FILTER RULES). */
enum Modifier {
    /** An include, not an exclude; of a merge rule: what its file's rules are. */
    INCLUDE,
    /** The pattern ended with a slash: directories only. */
    DIRECTORY,
    /** {@code /}: the pattern is matched against the absolute path. */
    ABSOLUTE,
    /** {@code !}: the rule matches what its pattern does not. */
    NEGATED,
    /** {@code C}: the rules of CVS. */
    CVS,
    /** One of the patterns that a rule with {@link #CVS} stands for. */
    OF_CVS,
    /** {@code n}: rules of a merge file do not reach subdirectories. */
    NO_INHERIT,
    /** {@code w}: a merge file is split into words. */
    WORDS,
    /** {@code +} or {@code -}: a merge file holds nothing but patterns. */
    PATTERNS,
    /** {@code e}: the merge file's name is excluded too. */
    EXCLUDE_SELF,
    /** {@code x}: the rule is about names of extended attributes. */
    XATTR,
    /** {@code s}: the rule is for the sending side. */
    SENDER,
    /** {@code r}: the rule is for the receiving side. */
    RECEIVER,
    /** {@code p}: the rule does not keep a directory that is being removed. */
    PERISHABLE
}
