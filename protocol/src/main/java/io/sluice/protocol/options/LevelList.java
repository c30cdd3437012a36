package io.sluice.protocol.options;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words of a server's {@code --info} or {@code --debug}: each in any case, with a level at its end or none (1); {@code all} and {@code none} mean every
 * item. As the client may be newer, words that are no items are passed over.
 *
 * @param items all of them
 * @param byName finds an item by its name in any case
 * @param levels where they are set
 */
record LevelList<E extends Enum<E>>(E[] items, Function<String, Optional<E>> byName, Map<E, Integer> levels) {
    /** Sets the levels of {@code words}, which commas separate; returns the first that is no item, or "". */
    String add(String words) {
        String unknown = "";
        for (String word : words.split(",", -1)) {
            int digits = word.length();
            while (digits > 0 && Character.isDigit(word.charAt(digits - 1))) {
                digits--;
            }
            String name = word.substring(0, digits);
            Optional<E> item = byName.apply(name);
            if (name.equalsIgnoreCase("all") || name.equalsIgnoreCase("none")) {
                for (E each : items) {
                    levels.put(each, name.equalsIgnoreCase("all") ? level(word.substring(digits)) : 0);
                }
            } else if (item.isPresent()) {
                levels.put(item.get(), level(word.substring(digits)));
            } else if (!word.isEmpty() && unknown.isEmpty()) {
                unknown = word;
            }
        }
        return unknown;
    }

    private static int level(String digits) {
        if (digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 1 ? InfoItem.MAX_LEVEL : Math.min(InfoItem.MAX_LEVEL, digits.charAt(0) - '0');
    }
}
