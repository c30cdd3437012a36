package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.mirror.StoodFor.Inode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a map; beyond its bound it may forget, but never says what is not so. */
class StoodForTest {
    private static byte[] name(int number) {
        return ("dir/name" + number).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void knowsWhatEachNameStoodForLast() {
        StoodFor names = new StoodFor(1 << 16);
        Map<Integer, Inode> model = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int name = random.nextInt(5000);
            Inode inode = new Inode(random.nextInt(3), random.nextLong());
            names.put(name(name), inode.device(), inode.number());
            model.put(name, inode);
        }
        assertThat(names.size()).isEqualTo(model.size());
        for (int name = 0; name < 6000; name++) {
            assertThat(names.get(name(name), 0)).isEqualTo(model.get(name));
            assertThat(names.has(name(name))).isEqualTo(model.containsKey(name));
        }
    }

    @Test
    void staysWithinItsBound() {
        StoodFor names = new StoodFor(1 << 10);
        for (int i = 0; i < 10_000; i++) {
            names.put(name(i), 1, i);
            assertThat(names.get(name(i), 0)).isEqualTo(new Inode(1, i));
        }
        assertThat(names.size()).isLessThanOrEqualTo(1 << 10).isGreaterThan(1 << 9);
        for (int i = 0; i < 10_000; i++) {
            assertThat(names.get(name(i), 0)).isIn(null, new Inode(1, i));
        }
    }

    /** What happened before a name was found to be another file's, or nobody's, still concerns the one that had it. */
    @Test
    void aNameThatWasLeftStillCountsForWhatHappenedBefore() {
        StoodFor names = new StoodFor(1 << 10);
        names.put(name(1), 1, 7);
        names.left(name(1), 100);
        names.left(name(1), 200);
        assertThat(names.get(name(1), 99)).isEqualTo(new Inode(1, 7));
        assertThat(names.get(name(1), 101)).isNull();
        names.put(name(1), 1, 8);
        assertThat(names.get(name(1), 300)).isEqualTo(new Inode(1, 8));
    }
}
