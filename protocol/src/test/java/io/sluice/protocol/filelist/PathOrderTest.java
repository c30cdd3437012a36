package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.KernelBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order against a second, slow way to tell it: component by component, on lists of strings. */
class PathOrderTest {
    /** A path and what it is. */
    record Named(String path, boolean directory) {
        static final Comparator<Named> ORDER = Named::compareWith;

        private static int compareWith(Named one, Named other) {
            List<String> mine = one.components();
            List<String> others = other.components();
            for (int i = 0; i < mine.size() && i < others.size(); i++) {
                boolean item = i == mine.size() - 1 && !one.directory;
                boolean otherItem = i == others.size() - 1 && !other.directory;
                if (item != otherItem) {
                    return item ? -1 : 1;
                }
                String end = item ? "" : "/";
                int order = Arrays.compareUnsigned(bytes(mine.get(i) + end), bytes(others.get(i) + end));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(mine.size(), others.size());
        }

        private List<String> components() {
            return path.equals(".") ? List.of() : List.of(path.split("/", -1));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Provide
    Arbitrary<List<Named>> lists() {
        Arbitrary<String> component = Arbitraries.strings()
                .withChars('a', 'b', '-', '.', '0', ' ', '\u00ff', '\u0001')
                .ofMinLength(1)
                .ofMaxLength(3)
                .filter(name -> !name.equals(".") && !name.equals(".."));
        Arbitrary<String> path = component.list().ofMinSize(1).ofMaxSize(4).map(names -> String.join("/", names));
        Arbitrary<Named> named = path.flatMap(p -> Arbitraries.of(true, false).map(d -> new Named(p, d)));
        return named.list().ofMaxSize(40).map(PathOrderTest::distinct);
    }

    private static List<Named> distinct(List<Named> drawn) {
        Map<String, Named> byPath = new LinkedHashMap<>();
        byPath.put(".", new Named(".", true));
        drawn.forEach(named -> byPath.put(named.path, named));
        List<Named> list = new ArrayList<>(byPath.values());
        return list.subList(drawn.size() % 2, list.size());
    }

    @Property(tries = 200)
    void sortsAsTheNaiveComparator(@ForAll("lists") List<Named> list) throws IOException {
        Segment segment = segment(list);
        List<String> sorted = new ArrayList<>();
        for (int i = 0; i < segment.size(); i++) {
            sorted.add(KernelBytes.show(segment.entry(i).path()));
        }
        List<String> expected = list.stream()
                .sorted(Named.ORDER)
                .map(named -> KernelBytes.show(Named.bytes(named.path)))
                .toList();
        assertThat(sorted).isEqualTo(expected);
    }

    @Property(tries = 100)
    void findsEveryPathAndNoOther(@ForAll("lists") List<Named> list) throws IOException {
        Segment segment = segment(list);
        for (Named named : list) {
            byte[] path = Named.bytes(named.path);
            int found = segment.find(path, named.directory);
            assertThat(segment.entry(found).path()).isEqualTo(path);
            assertThat(segment.find(path, !named.directory)).isEqualTo(found);
            assertThat(segment.find(Named.bytes(named.path + "~"), named.directory))
                    .isEqualTo(-1);
        }
    }

    private static Segment segment(List<Named> list) throws IOException {
        ListBytes bytes = new ListBytes();
        for (Named named : list) {
            bytes.entry(0, named.path, named.directory ? ListBytes.DIRECTORY : ListBytes.REGULAR);
        }
        return bytes.end().read();
    }
}
