package io.sluice.interop;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What random cases are made of. Two properties choose others: {@code sluice.interop.seeds} how many, {@code sluice.interop.firstSeed} from which on. */
final class Seeds {
    private Seeds() {}

    /** As many as are usual. */
    static Stream<Integer> of(int usual) {
        int first = Integer.getInteger("sluice.interop.firstSeed", 1);
        return IntStream.range(first, first + Integer.getInteger("sluice.interop.seeds", usual))
                .boxed();
    }

    static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
