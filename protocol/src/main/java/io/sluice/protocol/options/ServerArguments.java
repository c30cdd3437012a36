package io.sluice.protocol.options;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of the server's end: {@code --server --sender -vlogDtpre.iLsfxCIvu … . path…}. The only class that knows them; the client
 * formats them, a daemon or {@code --server} process parses them.
 *
 * <p>What a client formats are its own options; what a server parses are the ones it has to apply. They differ where an option concerns one
 * side only (it does not travel to the other), and in a files-from list: the client's {@code LOCAL} is the sending server's {@code PEER}.
 *
 * @param clientSide what the <em>client</em> is
 * @param options the client's own (to format), or as the server has to apply them (parsed)
 * @param capabilities the letters after {@code -e}, with the leading dot or version removed; empty: no {@code -e}
 * @param secluded {@code -s}: the real arguments follow on the protocol stream
 * @param paths the operands after the lone dot, as bytes in the kernel's encoding
 * @param log what a parsed server logs by itself; a client sends it as an {@link Extras extra} option
 * @param rules what a parsed server has of filter rules besides those that come later; a client sends them as extra options
 */
public record ServerArguments(
        Side clientSide,
        TransferOptions options,
        String capabilities,
        boolean secluded,
        List<byte[]> paths,
        ServerLog log,
        List<RuleArgument> rules) {
    public ServerArguments {
        paths = List.copyOf(paths);
        rules = List.copyOf(rules);
    }

    /** What a client asks for, and a server without a log. */
    public ServerArguments(
            Side clientSide, TransferOptions options, String capabilities, boolean secluded, List<byte[]> paths) {
        this(clientSide, options, capabilities, secluded, paths, ServerLog.NONE, List.of());
    }

    /** Returns what a client of ours announces after {@code -e.}: {@code i} only if its options allow incremental recursion. */
    public static String capabilities(Side clientSide, TransferOptions options) {
        return options.allowsIncrementalRecursion(clientSide)
                ? Handshake.CAPABILITIES
                : Handshake.CAPABILITIES.replace("i", "");
    }

    /**
     * Parses arguments as a server receives them (without a program name). If the result is {@link #secluded}, the caller reads more of them
     * from the stream (each NUL-terminated, after an empty one the end; the first is a program name to drop), appends them to these and parses
     * all again.
     *
     * <p>Nothing is unquoted: a daemon, which has no shell in front of it, calls {@link PathQuoting#unquote} on options first, and on paths
     * after it expanded wildcards, unless they were secluded.
     *
     * @param refused patterns of {@code refuse options}; empty: nothing is refused
     * @throws TransferException with code 1 for an unknown or contradictory option, 4 for a refused one or one that the engine cannot do,
     *     and rsync's text. (rsync's daemon, but not its {@code --server}, exits with 4 for all of them.)
     */
    public static ServerArguments parse(List<byte[]> arguments, List<String> refused) throws TransferException {
        ServerOptionReader reader = new ServerOptionReader(new RefusedOptions(refused));
        List<byte[]> operands = new ArgumentScanner(arguments).scan(reader);
        boolean dot = !operands.isEmpty() && operands.getFirst().length == 1 && operands.getFirst()[0] == '.';
        return new ServerArguments(
                reader.clientSide(),
                reader.finish(),
                reader.capabilities(),
                reader.secluded(),
                dot ? operands.subList(1, operands.size()) : operands,
                reader.log(),
                reader.rules());
    }

    /** Patterns of {@code refuse options} that refuse nothing, as no option is called that. */
    public static List<String> unmatched(List<String> refused) {
        return new RefusedOptions(refused).unmatched();
    }

    /**
     * Returns the argument list that a client sends to a daemon or a remote shell, paths quoted. With {@code secluded}, it is the short one
     * that has {@code -s}, and {@link #formatSecluded} follows on the stream.
     */
    public List<byte[]> format() {
        return format(Extras.NONE);
    }

    /**
     * What a user adds to the arguments of the peer.
     *
     * @param options that the client itself does not look at, each with its dashes; they stand behind the others
     * @param oldArguments 1: paths are not quoted, 2: options neither
     */
    public record Extras(List<String> options, int oldArguments) {
        /** Nothing. */
        public static final Extras NONE = new Extras(List.of(), 0);

        public Extras {
            options = List.copyOf(options);
        }

        private void addTo(List<byte[]> arguments, boolean quoted) {
            for (String option : options) {
                arguments.add(bytes(quoted ? PathQuoting.quoteOption(option) : option));
            }
        }
    }

    /** As {@link #format()}, with what the user adds. */
    public List<byte[]> format(Extras extras) {
        ServerArgumentWriter writer = new ServerArgumentWriter(clientSide, options);
        List<byte[]> arguments = new ArrayList<>();
        writer.opening(secluded, capabilities, secluded || extras.oldArguments() < 2)
                .forEach(argument -> arguments.add(bytes(argument)));
        if (secluded) {
            return arguments;
        }
        boolean quoted = extras.oldArguments() < 2;
        writer.rest(quoted).forEach(argument -> arguments.add(bytes(argument)));
        extras.addTo(arguments, quoted);
        arguments.add(bytes("."));
        for (byte[] path : paths) {
            arguments.add(
                    extras.oldArguments() > 0
                            ? PathQuoting.noOption(path)
                            : PathQuoting.quote(path, isTildeLiteral(path)));
        }
        return arguments;
    }

    /** Returns the options alone, unquoted: what {@link #parse} reads without anybody between. */
    public List<byte[]> formatOptions(Extras extras) {
        ServerArgumentWriter writer = new ServerArgumentWriter(clientSide, options);
        List<byte[]> arguments = new ArrayList<>();
        writer.opening(false, capabilities, false).forEach(argument -> arguments.add(bytes(argument)));
        writer.rest(false).forEach(argument -> arguments.add(bytes(argument)));
        extras.addTo(arguments, false);
        arguments.add(bytes("."));
        return arguments;
    }

    /**
     * Returns the arguments that follow on the stream when they are secluded: the program's name, what {@link #format} left out, and the paths
     * unquoted. The caller ends each with a NUL, and the list with one more.
     */
    public List<byte[]> formatSecluded(Extras extras) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes("rsync"));
        new ServerArgumentWriter(clientSide, options).rest(false).forEach(argument -> arguments.add(bytes(argument)));
        extras.addTo(arguments, false);
        arguments.add(bytes("."));
        for (byte[] path : paths) {
            arguments.add(path.length == 0 ? bytes(".") : path);
        }
        return arguments;
    }

    /** A tilde that leads nowhere further is taken for a file's name when we pull: what comes back has to be what was asked for. */
    private boolean isTildeLiteral(byte[] path) {
        if (clientSide == Side.SENDER || options.selection().filesFrom() == FilesFrom.PEER) {
            return false;
        }
        String text = new String(path, StandardCharsets.ISO_8859_1);
        return !text.contains("/") || (options.selection().relative() && !text.contains("/./"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
