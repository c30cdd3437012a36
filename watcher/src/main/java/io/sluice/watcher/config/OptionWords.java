package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Splits a parameter into words as a shell would: at white space that is not within quotes ({@code -e 'ssh -p 2222'}). */
final class OptionWords {
    private OptionWords() {}

    static List<String> of(Parameter parameter) throws ConfigurationException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean any = false;
        char quote = 0;
        for (char c : parameter.text().toCharArray()) {
            if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
                quote = quote == 0 ? c : 0;
                any = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (quote != 0) {
            throw parameter.error(parameter.name() + ": a " + quote + " without its other one (expected: two)");
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }
}
