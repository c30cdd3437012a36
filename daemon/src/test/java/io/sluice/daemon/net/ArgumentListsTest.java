package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.module.RefusedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What peers that are not served yet can make the daemon keep is bounded for all of them together, and none is refused what every client needs. */
class ArgumentListsTest {
    private static final byte[] LONG = new byte[1000];

    static {
        Arrays.fill(LONG, (byte) 'a');
    }

    private final ArgumentMemory memory = new ArgumentMemory(10_000);

    @Test
    void keepsNoMoreThanThereIsForAll() throws RefusedException {
        ArgumentLists greedy = new ArgumentLists(memory);
        add(greedy, 12);
        assertThatThrownBy(() -> add(greedy, 3)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anOrdinaryClientIsServedWhenOthersTookAll() throws RefusedException {
        add(new ArgumentLists(memory), 12);
        ArgumentLists ordinary = new ArgumentLists(memory);
        add(ordinary, 3);
        assertThat(ordinary.complete().first()).hasSize(3);
    }

    @Test
    void givesBackWhatItTook() throws RefusedException {
        try (ArgumentLists first = new ArgumentLists(memory)) {
            add(first, 12);
        }
        add(new ArgumentLists(memory), 12);
    }

    /** Short arguments cost more than their bytes. */
    @Test
    void countsWhatAnArgumentCostsBesidesItsBytes() {
        ArgumentLists many = new ArgumentLists(memory);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        many.add(new byte[] {'a'});
                    }
                })
                .isInstanceOf(RefusedException.class);
    }

    private static void add(ArgumentLists lists, int count) throws RefusedException {
        for (int i = 0; i < count; i++) {
            lists.add(LONG);
        }
    }
}
