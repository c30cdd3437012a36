package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TransferException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of rsync(1), --usermap; each was compared with what rsync 3.5.0 makes of it. */
class OwnerMapTest {
    private static OwnerMap map(String text, List<String> unknown) throws TransferException {
        return OwnerMap.parse(
                text, "user", name -> name.equals("www") ? OptionalInt.of(33) : OptionalInt.empty(), unknown::add);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "5:7 5 nobody 7",
                "5:7 6 nobody -",
                "5-9:7 9 nobody 7",
                "5-9:7 10 nobody -",
                "bob:www 1 bob 33",
                "bob:www 1 bobby -",
                "b*:8 1 bobby 8",
                "b?b:8 1 bob 8",
                "[ab]*:8 1 cob -",
                "*:8 1 '' 8",
                ":8 1 '' 8",
                ":8 1 bob -",
                "1:2,*:3 1 bob 2",
                "1:2,*:3 4 bob 3",
                "0-4294967295:9 -1 '' 9",
            })
    void firstPartThatFitsDecides(String text, int id, String name, String expected) throws TransferException {
        OptionalInt found = map(text, new ArrayList<>()).find(id, name);
        assertThat(found.isPresent() ? String.valueOf(found.getAsInt()) : "-").isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1:2,x", "3:", "3-4-5:1", "3-:1", "3x:1", "99999999999:1", "1:4294967296", "1:2,"})
    void refusesWhatIsNoMap(String text) {
        assertThatThrownBy(() -> map(text, new ArrayList<>())).isInstanceOf(TransferException.class);
    }

    @Test
    void tellsOfNamesThatAreNobodys() throws TransferException {
        List<String> unknown = new ArrayList<>();
        OwnerMap map = map("1:nosuch,2:www", unknown);
        assertThat(unknown).containsExactly("Unknown --usermap name on receiver: nosuch");
        assertThat(map.find(1, "")).isEmpty();
        assertThat(map.find(2, "")).hasValue(33);
    }
}
