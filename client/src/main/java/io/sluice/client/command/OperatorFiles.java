package io.sluice.client.command;

import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.PlainException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.RuleArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Files that the command line names for reading: rules, lists of names. Standard input is {@code -}. */
public final class OperatorFiles {
    private static final String STANDARD_INPUT = "-";
    /** What a shell's {@code <(command)} looks like: the kernel leads to something that this process has open, not to a path. */
    private static final Pattern OWN_DESCRIPTOR = Pattern.compile("/dev/fd/\\d+|/proc/self/fd/\\d+|/dev/stdin");

    private final InputStream standardInput;
    private final NamedFiles files;
    private Consumer<byte[]> complaints = text -> {};
    private Consumer<byte[]> cautions = rule -> {};

    public OperatorFiles(InputStream standardInput, NamedFiles files) {
        this.standardInput = standardInput;
        this.files = files;
    }

    /**
     * Says who hears of rules that are odd.
     *
     * @param left what rsync says of those that are left out
     * @param doubtful rules that end with white space
     */
    public OperatorFiles reporting(Consumer<byte[]> left, Consumer<byte[]> doubtful) {
        complaints = left;
        cautions = doubtful;
        return this;
    }

    /**
     * Parses the rules of a command line, reading the files they name.
     *
     * @param cvsPatterns those of {@link #cvsPatterns}, asked for if there are rules of CVS
     * @param nulTerminated the files' entries end with NUL ({@code --from0})
     */
    public FilterList rules(List<RuleArgument> arguments, Supplier<byte[]> cvsPatterns, boolean nulTerminated)
            throws IOException {
        try {
            return read(arguments, cvsPatterns, nulTerminated);
        } catch (TransferException e) {
            String text = String.valueOf(e.getMessage());
            boolean plain = e instanceof PlainException || !text.startsWith("failed");
            throw new OptionException(e.exitCode(), plain ? text : "rsync: [client] " + text, e);
        }
    }

    private FilterList read(List<RuleArgument> arguments, Supplier<byte[]> cvsPatterns, boolean nulTerminated)
            throws IOException {
        FilterList.Builder rules = new FilterList.Builder()
                .cvsPatterns(cvsPatterns)
                .nulTerminated(nulTerminated)
                .complainTo(complaints)
                .cautionTo(cautions);
        FilterList.RuleFiles ruleFiles = name -> read(ByteText.of(name.getBytes(StandardCharsets.UTF_8)));
        for (RuleArgument argument : arguments) {
            byte[] text = ByteText.bytes(argument.text());
            switch (argument.kind()) {
                case FILTER -> rules.filter(text, ruleFiles);
                case EXCLUDE -> rules.pattern(text, false);
                case INCLUDE -> rules.pattern(text, true);
                case EXCLUDE_FROM -> rules.from(ruleFile(argument.text(), "exclude"), false, argument.text());
                case INCLUDE_FROM -> rules.from(ruleFile(argument.text(), "include"), true, argument.text());
            }
        }
        return rules.build();
    }

    /** Returns what the user lets CVS ignore everywhere: {@code ~/.cvsignore}, if there is one, and the variable {@code CVSIGNORE}. */
    public byte[] cvsPatterns(Map<String, String> environment) {
        ByteArrayOutputStream patterns = new ByteArrayOutputStream();
        String home = environment.get("HOME");
        if (home != null) {
            try {
                patterns.writeBytes(read(ByteText.of(home.getBytes(StandardCharsets.UTF_8)) + "/.cvsignore"));
            } catch (IOException none) {
                patterns.reset();
            }
        }
        patterns.write('\n');
        patterns.writeBytes(environment.getOrDefault("CVSIGNORE", "").getBytes(StandardCharsets.UTF_8));
        return patterns.toByteArray();
    }

    /** Returns the names of a {@code --files-from} list: one a line, or each ended by NUL; empty ones and comments ({@code #}, {@code ;}) are dropped. */
    public List<byte[]> names(String file, boolean nulTerminated) throws IOException {
        byte[] content;
        try {
            content = read(file);
        } catch (SystemCallException e) {
            String text = "rsync: failed to open files-from file " + file + ": " + e.reason();
            throw new OptionException(ExitCode.SYNTAX, text, e);
        }
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= content.length; at++) {
            if (at == content.length || isEnd(content[at], nulTerminated)) {
                boolean comment = at > start && (content[start] == '#' || content[start] == ';');
                if (at > start && !comment) {
                    names.add(Arrays.copyOfRange(content, start, at));
                }
                start = at + 1;
            }
        }
        return names;
    }

    private static boolean isEnd(byte octet, boolean nulTerminated) {
        return octet == 0 || (!nulTerminated && (octet == '\n' || octet == '\r'));
    }

    private byte[] ruleFile(String name, String kind) throws IOException {
        try {
            return read(name);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EISDIR) { // which can be opened, and has no lines
                return new byte[0];
            }
            String text = "rsync: [client] failed to open " + kind + " file " + name + ": " + e.reason() + " ("
                    + e.errno() + ")";
            throw new TransferException(ExitCode.FILE_IO, text, e);
        }
    }

    private byte[] read(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return standardInput.readAllBytes();
        }
        if (OWN_DESCRIPTOR.matcher(name).matches()) {
            return Files.readAllBytes(Path.of(name));
        }
        try (InputStream content = files.open(name).input()) {
            return content.readAllBytes();
        }
    }
}
