package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that reaches a host: the words of {@code -e} or {@code RSYNC_RSH}, then {@code -l user}, the host, and the program to run there.
 *
 * @param words at least the program's name
 * @param family 4, 6, or 0 for either; told to {@code ssh} only
 */
record ShellCommand(List<String> words, int family) {
    private static final String DEFAULT = "ssh";

    ShellCommand {
        words = List.copyOf(words);
    }

    /**
     * Splits a command at spaces; single or double quotes keep spaces, and a quote is doubled to stand for itself.
     *
     * @throws ClientException with code 1 if a quote is left open
     */
    static ShellCommand parse(Optional<String> command, int family) throws ClientException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        String text = command.orElse(DEFAULT);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean doubled = c == quote && quote != 0 && at + 1 < text.length() && text.charAt(at + 1) == quote;
            if (quote == 0 && c == ' ') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                continue;
            }
            inWord = true;
            if (doubled) {
                word.append(c);
                at++;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new ClientException(ExitCode.SYNTAX, "Missing trailing-" + quote + " in remote-shell command.");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return new ShellCommand(words.isEmpty() ? List.of(DEFAULT) : words, family);
    }

    /** Returns the whole command line up to and including {@code program}, to which more may be added. */
    List<byte[]> reach(Optional<String> user, String host, String program) throws ClientException {
        if (host.startsWith("-")) {
            throw new ClientException(ExitCode.SYNTAX, "Invalid remote host: hostnames may not start with '-'.");
        }
        List<String> line = new ArrayList<>(words);
        user.ifPresent(name -> {
            line.add("-l");
            line.add(name);
        });
        String name = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        if (family != 0 && name.equals("ssh")) {
            line.add("-" + family);
        }
        line.add(host);
        line.add(program);
        List<byte[]> bytes = new ArrayList<>();
        line.forEach(word -> bytes.add(word.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
