package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row says what one argument lets a sender list; that the check can refuse at all is in every pair of rows. */
class RequestedNamesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static RequestedNames names(boolean recurse, boolean relative, String... arguments) {
        TransferOptions options = TransferOptions.DEFAULT.edit(draft -> {
            draft.recurse = recurse;
            draft.relative = relative;
        });
        RequestedNames names = new RequestedNames(options, FilterList.EMPTY);
        for (String argument : arguments) {
            names.add(bytes(argument));
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "d/f, false, false, f, false, true",
        "d/f, false, false, g, false, false",
        "d/f, true, false, f/x, false, true",
        "d/f, false, false, f/x, false, false",
        "d/, true, false, x/y, false, true",
        "d/*.c, false, false, a.c, false, true",
        "d/*.c, false, false, a.h, false, false",
        "d/*.c, true, false, a.h/b.c, false, false",
        "d/f, true, true, d, true, true",
        "d/f, true, true, d, false, false",
        "d/f, true, true, d/f/x, false, true",
        "d/f, true, true, d/g, false, false",
        "x/./d/f, true, true, d/f, false, true",
        "d/a\\*, false, false, a*, false, true",
    })
    void anArgumentAllowsWhatItNames(
            String argument, boolean recurse, boolean relative, String listed, boolean directory, boolean allowed)
            throws ProtocolException {
        RequestedNames names = names(recurse, relative, argument);
        if (allowed) {
            names.check(bytes(listed), directory);
        } else {
            assertThatThrownBy(() -> names.check(bytes(listed), directory))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("ERROR: rejecting unrequested file-list name: " + listed);
        }
    }

    /** Else a sender could have everything beside the argument deleted. */
    @Test
    void aParentHasNoContent() throws ProtocolException {
        RequestedNames names = names(true, true, "d/f");
        assertThat(names.check(bytes("d"), true)).isFalse();
        assertThat(names.check(bytes("d/f"), true)).isTrue();
        assertThat(names.check(bytes("."), true)).isFalse();
        assertThat(names(true, false, "d/f").check(bytes("."), true)).isFalse();
        assertThat(names(true, false, "d/f", "e/").check(bytes("."), true)).isTrue();
    }

    @Test
    void whatOurRulesExcludeIsRefused() throws TransferException {
        FilterList rules = new FilterList.Builder().exclude("*.o").build();
        RequestedNames names = new RequestedNames(TransferOptions.DEFAULT, rules);
        assertThatThrownBy(() -> names.check(bytes("a.o"), false))
                .hasMessage("ERROR: rejecting excluded file-list name: a.o");
    }
}
