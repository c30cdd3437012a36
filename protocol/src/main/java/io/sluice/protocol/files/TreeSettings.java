package io.sluice.protocol.files;

/**
 * What a {@link FileTree} goes by, whatever its root is.
 *
 * @param home see {@link FileTree#home}
 */
record TreeSettings(
        TreePolicy policy, LinkMunging munging, FileHandling handling, ConfineRoot confineRoot, byte[] home) {
    /** Nothing special but the policy. */
    static TreeSettings of(TreePolicy policy, byte[] home) {
        return new TreeSettings(policy, LinkMunging.OFF, FileHandling.PLAIN, ConfineRoot.NONE, home);
    }

    TreeSettings with(LinkMunging other) {
        return new TreeSettings(policy, other, handling, confineRoot, home);
    }

    TreeSettings with(FileHandling other) {
        return new TreeSettings(policy, munging, other, confineRoot, home);
    }

    TreeSettings with(ConfineRoot other) {
        return new TreeSettings(policy, munging, handling, other, home);
    }

    /** With another policy and without a confine root. */
    TreeSettings unconfined(TreePolicy other) {
        return new TreeSettings(other, munging, handling, ConfineRoot.NONE, home);
    }

    /** As {@link #unconfined}, for another root, which is nobody's home. */
    TreeSettings elsewhere(TreePolicy other) {
        return new TreeSettings(other, munging, handling, ConfineRoot.NONE, Paths.EMPTY);
    }
}
