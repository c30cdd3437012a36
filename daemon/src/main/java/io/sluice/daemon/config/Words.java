package io.sluice.daemon.config;

import java.util.ArrayList;
import java.util.List;

/** Lists inside a parameter's value. */
public final class Words {
    private Words() {}

    /** Splits at white space and commas, or, if the value begins with a comma, at commas alone; no word is empty. */
    public static List<String> of(String value) {
        String text = value.strip();
        boolean commasOnly = text.startsWith(",");
        List<String> words = new ArrayList<>();
        for (String word : text.split(commasOnly ? "," : "[ ,\t\r\n]+", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return List.copyOf(words);
    }

    /** Splits at white space; no word is empty. */
    public static List<String> bySpace(String value) {
        return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+", -1));
    }
}
