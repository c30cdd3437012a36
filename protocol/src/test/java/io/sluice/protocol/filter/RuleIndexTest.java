package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index of long lists. */
class RuleIndexTest {
    /** Long lists are indexed, short ones are not: both must say the same for every name. */
    @Test
    void longListsSayWhatShortOnesDo() throws Exception {
        Random random = new Random(7);
        String[] names = {
            "a", "b", "c", "a.o", "b.o", "*.o", "?", "a*", "b/a", "/a", "/b/a", "a/**", "c/", "/c/", "[ab]", "**/b"
        };
        for (int round = 0; round < 200; round++) {
            List<FilterRule> rules = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String prefix = random.nextBoolean() ? "- " : random.nextInt(4) == 0 ? "-! " : "+ ";
                rules.addAll(list(prefix
                                + names[random.nextInt(names.length)]
                                + (random.nextInt(3) == 0 ? "" : "x".repeat(random.nextInt(3))))
                        .rules());
            }
            RuleIndex indexed = new RuleIndex(rules);
            PathText path = new PathText();
            for (String name :
                    List.of("a", "b", "ax", "bxx", "a.o", "b/a", "x/b/a", "a/b/c", "c", "x/c", "cx", "axx", "a/bx")) {
                path.set(bytes(name), round % 2 == 0);
                int expected = 0;
                for (FilterRule rule : rules) {
                    expected = expected != 0 ? expected : new RuleIndex(List.of(rule)).check(path, false);
                }
                assertThat(indexed.check(path, false))
                        .as("%s in round %d", name, round)
                        .isEqualTo(expected);
            }
        }
    }
}
