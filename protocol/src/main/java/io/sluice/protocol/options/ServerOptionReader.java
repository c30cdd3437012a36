package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.OptionName.Argument;
import io.sluice.protocol.options.RuleArgument.Kind;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a server's arguments, one option at a time: those that concern the transfer into an {@link OptionDraft}, and itself those of the server and the
 * filter rules. What the engine cannot do is refused by name.
 */
final class ServerOptionReader implements ArgumentScanner.Handler {
    private final RefusedOptions refused;
    private final OptionDraft draft = new OptionDraft();
    private final ServerFlagReader flags = new ServerFlagReader(draft);
    private final ServerValueReader values = new ServerValueReader(draft);
    private Side clientSide = Side.SENDER;
    private String capabilities = "";
    private boolean secluded;
    private final List<RuleArgument> rules = new ArrayList<>();
    private int perDirectory;
    private String logFile = "";
    private String logFormat = "";

    ServerOptionReader(RefusedOptions refused) {
        this.refused = refused;
    }

    @Override
    public void option(OptionName option, String value, String written) throws TransferException {
        refused.check(option);
        String name = option.canonical();
        int number = option.argument() == Argument.NUMBER ? ArgumentScanner.number(value, written) : 0;
        boolean known = takeOwn(name, value)
                || takeRule(name, value)
                || flags.read(name)
                || values.readText(name, value)
                || values.readNumber(name, number, written);
        if (!known) {
            throw new TransferException(ExitCode.UNSUPPORTED, "The server does not support " + option.display());
        }
    }

    Side clientSide() {
        return clientSide;
    }

    String capabilities() {
        return capabilities;
    }

    boolean secluded() {
        return secluded;
    }

    /** The filter rules among the arguments, in order. */
    List<RuleArgument> rules() {
        return rules;
    }

    ServerLog log() {
        return new ServerLog(logFile, logFormat);
    }

    /** Settles what depends on several options, and checks what they imply against what is refused. */
    TransferOptions finish() throws TransferException {
        flags.settle();
        refused.checkImplied(draft);
        return draft.toOptions();
    }

    private boolean takeOwn(String name, String value) throws TransferException {
        switch (name) {
            case "server" -> {}
            case "sender" -> clientSide = Side.RECEIVER;
            case "secluded-args" -> secluded = true;
            case "rsh" -> capabilities = capabilityLetters(value);
            case "log-file" -> logFile = value;
            case "log-file-format" -> logFormat = value;
            case "archive" -> archive();
            case "crtimes" ->
                throw new TransferException(ExitCode.SYNTAX, "The server does not support --crtimes (-N)");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What follows {@code -e} is a version number of a pre-release or nothing, a dot (and sub-version), and letters. */
    private static String capabilityLetters(String value) {
        int from = 0;
        while (from < value.length() && (value.charAt(from) == '.' || Character.isDigit(value.charAt(from)))) {
            from++;
        }
        return value.substring(from);
    }

    private void archive() throws TransferException {
        refused.checkArchive();
        draft.recurse = true;
        draft.archive();
    }

    private boolean takeRule(String name, String value) {
        switch (name) {
            case "filter" -> rules.add(new RuleArgument(Kind.FILTER, value));
            case "exclude" -> rules.add(new RuleArgument(Kind.EXCLUDE, value));
            case "include" -> rules.add(new RuleArgument(Kind.INCLUDE, value));
            case "exclude-from" -> rules.add(new RuleArgument(Kind.EXCLUDE_FROM, value));
            case "include-from" -> rules.add(new RuleArgument(Kind.INCLUDE_FROM, value));
            case "F" -> {
                if (perDirectory++ < 2) {
                    String rule = perDirectory == 1 ? ": /.rsync-filter" : "- .rsync-filter";
                    rules.add(new RuleArgument(Kind.FILTER, rule));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
