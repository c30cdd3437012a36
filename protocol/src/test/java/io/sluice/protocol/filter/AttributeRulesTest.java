package io.sluice.protocol.filter;

import static io.sluice.protocol.filter.Scopes.bytes;
import static io.sluice.protocol.filter.Scopes.list;
import static io.sluice.protocol.filter.Scopes.scope;
import static io.sluice.protocol.filter.Scopes.sender;
import static io.sluice.protocol.filter.Scopes.tree;
import static io.sluice.protocol.filter.Scopes.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.session.Side;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules about extended attributes. */
class AttributeRulesTest {
    private static final byte[] ROOT = {};

    @TempDir
    Path directory;

    @Test
    void filesMayHaveRulesAboutAttributes() throws Exception {
        write(directory, "d/.filt", "-x user.a\n- user.b\n");
        FilterScope scope = sender(": .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().isEmpty()).isTrue();
            scope.enter(tree, ROOT, bytes("d"));
            assertThat(scope.attributes().isEmpty()).isFalse();
            assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
            assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().excludes(bytes("user.a"))).isFalse();
        }
    }

    /** Whoever receives has rules of directories only where it enters them; and after a rule about attributes no namespace is left out by itself. */
    @Test
    void rulesAboutAttributesHoldInTheDirectoryThatIsEntered() throws Exception {
        write(directory, ".filt", "-x! /user.a\n");
        write(directory, "d/.filt", "-x! /user.a\n");
        FilterScope scope = scope(Side.RECEIVER, false, ":n .filt");
        try (FileTree tree = tree(directory)) {
            scope.enter(tree, ROOT, ROOT);
            assertThat(scope.attributes().excludes(bytes("user.b"))).isTrue();
            assertThat(scope.attributes().excludes(bytes("user.a"))).isFalse();
            scope.enter(tree, ROOT, bytes("d")); // no attribute has the name /d/user.a
            assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
            assertThat(scope.attributesEverywhere().excludes(bytes("user.b"))).isFalse();
            assertThat(scope.attributesEverywhere().isEmpty()).isTrue();
            scope.leaveAll();
            assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
            assertThat(scope.attributes().isEmpty()).isFalse();
        }
    }

    @Test
    void whatAModuleIncludesTheUserMayExclude() throws Exception {
        FilterList module = FilterList.Builder.forModule()
                .words("+x user.* -x trusted.*", FilterList.Kind.FILTER)
                .build();
        FilterScope scope = new FilterScope(list("-x user.a", "+x *"), module, Side.SENDER, false);
        assertThat(scope.attributes().excludes(bytes("user.a"))).isTrue();
        assertThat(scope.attributes().excludes(bytes("user.b"))).isFalse();
        assertThat(scope.attributes().excludes(bytes("trusted.b"))).isTrue();
    }
}
