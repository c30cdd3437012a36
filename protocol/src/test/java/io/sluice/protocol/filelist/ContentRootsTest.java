package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentRootsTest {
    private static final int ALL = Columns.TOP | Columns.CONTENT;

    private static int flags(ContentRoots roots, boolean top, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.US_ASCII);
        return roots.flags(top, bytes, bytes.length);
    }

    @Test
    void withRecursionAllBelowAnArgumentHasContent() {
        var roots = new ContentRoots(true, false);
        assertThat(flags(roots, true, ".")).isEqualTo(ALL);
        assertThat(flags(roots, false, "a")).isEqualTo(Columns.CONTENT);
    }

    @Test
    void withoutRecursionOnlyTheArgumentHas() {
        var roots = new ContentRoots(false, false);
        assertThat(flags(roots, true, ".")).isEqualTo(ALL);
        assertThat(flags(roots, false, "a")).isZero();
    }

    /** A sibling whose name begins alike is a parent of the next argument: what is there and not in the list must not be deleted. */
    @Test
    void aParentOfTheNextArgumentHasNone() {
        var roots = new ContentRoots(true, true);
        assertThat(flags(roots, false, "x")).isZero();
        assertThat(flags(roots, true, "x/a")).isEqualTo(ALL);
        assertThat(flags(roots, false, "x/a/b")).isEqualTo(Columns.CONTENT);
        assertThat(flags(roots, false, "x/ab")).isZero();
        assertThat(flags(roots, false, "x/a/c")).isZero();
        assertThat(flags(roots, true, "y/.")).isEqualTo(ALL);
        assertThat(flags(roots, false, "y/z")).isEqualTo(Columns.CONTENT);
    }
}
