package io.sluice.client.command;

import io.sluice.protocol.options.InfoItem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words of {@code --info} or {@code --debug}: each in any case, with a level at its end or none (1); {@code all} and {@code none} mean every item.
 *
 * @param <E> the items
 */
final class LevelWords<E extends Enum<E>> {
    private final String option;
    private final E[] items;
    private final Function<String, Optional<E>> byName;
    private final Map<E, Integer> levels = new LinkedHashMap<>();
    private boolean help;

    /**
     * @param option as it is called in messages
     * @param byName finds an item by its name in any case
     */
    LevelWords(String option, E[] items, Function<String, Optional<E>> byName) {
        this.option = option;
        this.items = items.clone();
        this.byName = byName;
    }

    /** Adds words that are separated by commas; later ones count. */
    void add(String words) throws UsageException {
        for (String word : words.split(",", -1)) {
            if (!word.isEmpty()) {
                addWord(word);
            }
        }
    }

    /** Returns the levels that were set. */
    Map<E, Integer> levels() {
        return levels;
    }

    /** {@code help} was among the words. */
    boolean help() {
        return help;
    }

    private void addWord(String word) throws UsageException {
        String name = word.substring(0, digitsAt(word));
        int level = level(word.substring(digitsAt(word)));
        if (name.equalsIgnoreCase("help")) {
            help = true;
        } else if (name.equalsIgnoreCase("all") || name.equalsIgnoreCase("none")) {
            for (E item : items) {
                levels.put(item, name.equalsIgnoreCase("none") ? 0 : level);
            }
        } else {
            Optional<E> item = byName.apply(name);
            if (item.isEmpty()) {
                throw new UsageException("Unknown " + option + " item: \"" + name + "\"");
            }
            levels.put(item.get(), level);
        }
    }

    private static int level(String digits) {
        if (digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 9 ? InfoItem.MAX_LEVEL : Math.min(Integer.parseInt(digits), InfoItem.MAX_LEVEL);
    }

    /** Where the level begins; a word of digits alone is a name. */
    private static int digitsAt(String word) {
        int at = word.length();
        while (at > 1 && Character.isDigit(word.charAt(at - 1))) {
            at--;
        }
        return Character.isDigit(word.charAt(0)) ? word.length() : at;
    }
}
