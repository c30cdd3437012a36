package io.sluice.watcher.status;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line asks of a mirror somewhere.
 *
 * @param json whether for programs
 * @param help the usage is all that is wanted
 * @param token to be shown, if there is one
 */
record RemoteRequest(boolean json, boolean help, Optional<String> token, List<String> operands) {
    private static final String TOKEN_VARIABLE = "SLUICE_TOKEN";

    /** @throws TransferException if it makes no sense */
    static RemoteRequest read(List<String> arguments, Map<String, String> environment) throws IOException {
        boolean json = false;
        boolean help = false;
        Optional<String> token =
                Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(text -> !text.isEmpty());
        List<String> operands = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals("--help") || word.equals("-h")) {
                help = true;
            } else if (word.startsWith("--token-file=")) {
                token = Optional.of(token(word.substring(word.indexOf('=') + 1)));
            } else if (word.equals("--token-file") && rest.hasNext()) {
                token = Optional.of(token(rest.next()));
            } else if (word.startsWith("-")) {
                throw new TransferException(ExitCode.SYNTAX, word + " (expected: --json, --token-file FILE or --help)");
            } else {
                operands.add(word);
            }
        }
        return new RemoteRequest(json, help, token, operands);
    }

    private static String token(String file) throws IOException {
        return new String(PasswordSource.ofFile(Path.of(file)).password(""), StandardCharsets.UTF_8);
    }
}
