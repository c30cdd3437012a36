package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.options.TransferOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the directories lie that options name: for an operator as the shell would have it, for a client of a module never above its root. */
class NamedDirectoriesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "web/site, backup, web/site/backup/a/f",
        "web/site/, ../old/, web/site/../old/a/f",
        "., old, old/a/f",
        "web, /var/old, /var/old/a/f",
        "web, /, /a/f",
        "/srv, old, /srv/old/a/f",
        "/, old, /old/a/f"
    })
    void startsFromAnOperatorsDestination(String destination, String option, String path) throws IOException {
        assertThat(find(TreePolicy.OPERATOR, destination, option, false)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "web/site, backup, web/site/backup/a/f",
        "web/site, ../old, web/old/a/f",
        "web, ../../../etc, etc/a/f",
        "web, /../../etc, etc/a/f",
        "web, /old/./x/.., old/a/f",
        "web, /, a/f"
    })
    void staysInAModule(String destination, String option, String path) throws IOException {
        assertThat(find(TreePolicy.CONFINED, destination, option, false)).isEqualTo(path);
    }

    /** A dry run has not made the destination, so that a path through it leads nowhere. */
    @Test
    void goesAroundADestinationThatIsMissing() throws IOException {
        assertThat(find(TreePolicy.OPERATOR, "web/new", "../old", true)).isEqualTo("web/old/a/f");
    }

    @Test
    void refusesWhatTheModuleHides() throws Exception {
        FilterList rules = FilterList.Builder.forModule().exclude("/secret/").build();
        try (FileTree tree = open(TreePolicy.CONFINED)) {
            NamedDirectories named = new NamedDirectories(tree, bytes("web"), false, rules);
            named.refuseHidden(backup("/web/secrets"));
            assertThatThrownBy(() -> named.refuseHidden(backup("x/../../secret")))
                    .hasMessage("Your options have been rejected by the server.")
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX));
        }
    }

    private static PlacementOptions backup(String directory) {
        return TransferOptions.DEFAULT
                .edit(draft -> draft.backupDirectory = directory)
                .placement();
    }

    private String find(TreePolicy policy, String destination, String option, boolean missing) throws IOException {
        try (FileTree tree = open(policy)) {
            NamedDirectories named = new NamedDirectories(tree, bytes(destination), missing, FilterList.EMPTY);
            return new String(named.find(option, bytes("a/f")).path(), ISO_8859_1);
        }
    }

    private FileTree open(TreePolicy policy) throws IOException {
        return FileTree.open(bytes(directory.toString()), policy);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
