package io.sluice.client.batch;

import io.sluice.client.ClientException;
import io.sluice.client.command.ByteText;
import io.sluice.protocol.ExitCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The shell script beside a batch file: the command that wrote it, made into one that reads it. Each word is in single quotes, so that none of it means
 * anything to the shell.
 *
 * <pre>
 *  'rsync' --filter='._-' '-av' --read-batch='BATCH' ${1:-'destination'} &lt;&lt;'#E#'
 *  - rule
 *  #E#
 * </pre>
 */
public final class ReplayScript {
    private static final List<String> OPTIONS_OF_NAMES = List.of("--files-from", "--filter", "--include", "--exclude");

    private final List<String> program;
    private final List<String> words;
    private final List<String> operands;

    /**
     * @param program how this command was started, up to its arguments
     * @param words its arguments, one character per byte
     * @param operands those of them that name files; the last one is the destination
     */
    public ReplayScript(List<String> program, List<String> words, List<String> operands) {
        this.program = List.copyOf(program);
        this.words = List.copyOf(words);
        this.operands = List.copyOf(operands);
    }

    /**
     * Returns the script.
     *
     * @param destination the last operand without host
     * @param rules the filter rules, as a merge file has them
     * @param modern rules may have modifiers (protocol ≥ 29)
     * @throws ClientException with code 1 if a rule has a newline in it
     */
    public byte[] text(String destination, List<byte[]> rules, boolean modern) throws ClientException {
        StringBuilder line = new StringBuilder();
        for (String word : program) {
            line.append(line.isEmpty() ? "" : " ");
            argument(line, word);
        }
        if (!rules.isEmpty()) {
            line.append(modern ? " --filter='._-'" : " --exclude-from='-'");
        }
        options(line);
        line.append(" ${1:-");
        argument(line, destination);
        line.append('}');
        if (!rules.isEmpty()) {
            line.append(" <<'#E#'\n");
            for (byte[] rule : rules) {
                line.append(checked(ByteText.of(rule))).append('\n');
            }
            line.append("#E#");
        }
        return ByteText.bytes(line.append('\n').toString());
    }

    private static String checked(String rule) throws ClientException {
        if (rule.indexOf('\n') >= 0) {
            throw new ClientException(
                    ExitCode.SYNTAX, "cannot write a filter rule containing a newline to the batch replay script");
        }
        return rule;
    }

    private void options(StringBuilder line) {
        List<String> kept = withoutOperands();
        for (int i = 0; i < kept.size(); i++) {
            String word = kept.get(i);
            if (OPTIONS_OF_NAMES.stream().anyMatch(word::startsWith)) {
                i += word.indexOf('=') < 0 ? 1 : 0;
            } else if (word.equals("-f")) {
                i++;
            } else if (word.startsWith("--write-batch")) {
                batch(line, word.substring("--write-batch".length()));
            } else if (word.startsWith("--only-write-batch")) {
                batch(line, word.substring("--only-write-batch".length()));
            } else {
                line.append(' ');
                argument(line, word);
            }
        }
    }

    private static void batch(StringBuilder line, String rest) {
        line.append(" --read-batch");
        if (rest.startsWith("=")) {
            line.append('=');
            argument(line, rest.substring(1));
        }
    }

    /** Operands are taken out from behind, each once. */
    private List<String> withoutOperands() {
        List<String> kept = new ArrayList<>(words);
        int operand = operands.size() - 1;
        for (int i = kept.size() - 1; i >= 0 && operand >= 0; i--) {
            if (kept.get(i).equals(operands.get(operand))) {
                kept.remove(i);
                operand--;
            }
        }
        return kept;
    }

    /** An option's name and its {@code =} stand outside the quotes if they are plain. */
    private static void argument(StringBuilder line, String word) {
        int equals = word.startsWith("-") ? word.indexOf('=') : -1;
        boolean plain = equals > 0 && word.substring(0, equals).matches("[-_0-9A-Za-z]+");
        String value = plain ? word.substring(equals + 1) : word;
        line.append(plain ? word.substring(0, equals + 1) : "");
        line.append('\'').append(value.replace("'", "'\\''")).append('\'');
    }
}
