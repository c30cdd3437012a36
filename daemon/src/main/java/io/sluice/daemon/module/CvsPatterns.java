package io.sluice.daemon.module;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What is ignored for clients that say {@code -C} besides what CVS always ignores: the words of {@code .cvsignore} in the daemon's home, which has to be in
 * the module, and is its root if that is the root of all paths; and those of the daemon's variable {@code CVSIGNORE}.
 */
final class CvsPatterns {
    private static final byte[] NAME = ".cvsignore".getBytes(StandardCharsets.US_ASCII);

    private final OpenModule module;
    private final FileTree tree;
    private final Map<String, String> environment;

    /** @param tree the module's, as who serves it sees it */
    CvsPatterns(OpenModule module, FileTree tree) {
        this.module = module;
        this.tree = tree;
        this.environment = module.configuration().hooks().variables();
    }

    /** Separated by white space. */
    byte[] read() {
        ByteArrayOutputStream patterns = new ByteArrayOutputStream();
        Optional<byte[]> file = file();
        if (file.isPresent() && !module.excludesFile(file.get())) {
            try {
                patterns.writeBytes(new RequestedRules(module, tree).content(file.get()));
            } catch (IOException e) {
                patterns.reset(); // a file that cannot be read is none
            }
        }
        patterns.write('\n');
        patterns.writeBytes(environment.getOrDefault("CVSIGNORE", "").getBytes(StandardCharsets.UTF_8));
        return patterns.toByteArray();
    }

    /** Where the file is in the module, if it can be there. */
    private Optional<byte[]> file() {
        if (tree.policy() == TreePolicy.ROOTED) {
            return Optional.of(NAME);
        }
        byte[] home = (environment.getOrDefault("HOME", "") + "/.cvsignore").getBytes(StandardCharsets.UTF_8);
        byte[] root = tree.home();
        int end = root.length;
        while (end > 0 && root[end - 1] == '/') {
            end--;
        }
        boolean inside =
                root.length > 0 && home.length > end && home[end] == '/' && Arrays.equals(root, 0, end, home, 0, end);
        int from = end;
        while (inside && home[from] == '/') {
            from++;
        }
        return inside ? Optional.of(Arrays.copyOfRange(home, from, home.length)) : Optional.empty();
    }
}
