package io.sluice.watcher.inotifytools;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options that both commands have for what to watch: patterns, and a file of names. */
final class SelectionOptions {
    /** In the order in which they are told when a shortened name fits several. */
    static final List<ToolOption> OPTIONS = List.of(
            ToolOption.value("fromfile"),
            ToolOption.value("exclude"),
            ToolOption.value("excludei"),
            ToolOption.value("include"),
            ToolOption.value("includei"));

    private final Map<Kind, String> patterns = new EnumMap<>(Kind.class);
    private String fromFile = "";
    private boolean fromFileGiven;
    private boolean manyExclude;
    private boolean manyExcludei;

    private enum Kind {
        EXCLUDE,
        EXCLUDEI,
        INCLUDE,
        INCLUDEI
    }

    /** Takes the option if it is one of these. */
    boolean take(String name, String value) throws CommandLineException {
        switch (name) {
            case "fromfile" -> {
                if (fromFileGiven) {
                    throw new CommandLineException("Multiple --fromfile options given.");
                }
                fromFileGiven = true;
                fromFile = value;
            }
            case "exclude" -> manyExclude |= patterns.put(Kind.EXCLUDE, value) != null;
            case "excludei" -> manyExcludei |= patterns.put(Kind.EXCLUDEI, value) != null;
            case "include" -> patterns.put(Kind.INCLUDE, value);
            case "includei" -> patterns.put(Kind.INCLUDEI, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Refuses what does not go together. */
    void check() throws CommandLineException {
        boolean exclude = patterns.containsKey(Kind.EXCLUDE);
        boolean excludei = patterns.containsKey(Kind.EXCLUDEI);
        boolean include = patterns.containsKey(Kind.INCLUDE);
        boolean includei = patterns.containsKey(Kind.INCLUDEI);
        if (exclude && excludei) {
            throw new CommandLineException("--exclude and --excludei cannot both be specified.");
        }
        if (include && includei) {
            throw new CommandLineException("--include and --includei cannot both be specified.");
        }
        if ((include || includei) && (exclude || excludei)) {
            throw new CommandLineException("include and exclude regexp cannot both be specified.");
        }
    }

    /** What to say of patterns that are given again; empty if nothing. */
    String warnings() {
        String rest = ": only the last option will be taken into consideration.\n";
        return (manyExclude ? "--exclude" + rest : "") + (manyExcludei ? "--excludei" + rest : "");
    }

    Optional<String> fromFile() {
        return fromFileGiven ? Optional.of(fromFile) : Optional.empty();
    }

    Selection selection() throws CommandLineException {
        for (Map.Entry<Kind, String> given : patterns.entrySet()) {
            Kind kind = given.getKey();
            boolean inclusive = kind == Kind.INCLUDE || kind == Kind.INCLUDEI;
            boolean ignoreCase = kind == Kind.EXCLUDEI || kind == Kind.INCLUDEI;
            try {
                return new Selection(Optional.of(PosixPattern.compile(given.getValue(), ignoreCase)), inclusive);
            } catch (PatternException e) {
                String which = inclusive ? "include" : "exclude";
                throw new CommandLineException("Error in `" + which + "' regular expression.");
            }
        }
        return Selection.ALL;
    }
}
