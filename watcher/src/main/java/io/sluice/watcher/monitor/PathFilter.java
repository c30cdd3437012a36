package io.sluice.watcher.monitor;

/** Says which part of a tree does not matter. Asked by one thread at a time. */
@FunctionalInterface
public interface PathFilter {
    /** Everything matters. */
    PathFilter NOTHING = new PathFilter() {
        @Override
        public boolean excludes(byte[] path, boolean directory) {
            return false;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };

    /**
     * Whether nothing is to be told about a path, but what {@link MonitorSettings.Extra#EXCLUDED_FILES} asks for; for a directory,
     * nor about what is below it (which is then neither watched nor asked about).
     *
     * @param path as in {@link Change}; never the root
     */
    boolean excludes(byte[] path, boolean directory);

    /** Whether it excludes nothing at all, so that it need not be asked. */
    default boolean isEmpty() {
        return false;
    }
}
