package io.sluice.protocol.event;

/**
 * The figures of {@code --stats}.
 *
 * @param counts files in the list, by kind
 * @param created files that did not exist on the receiving side, by kind
 * @param deleted files removed there, by kind
 * @param transferredFiles regular files whose content was updated
 * @param totalSize bytes of all files in the list
 * @param transferredSize bytes of the files that were updated
 * @param literalData bytes sent as they are
 * @param matchedData bytes taken from basis files
 * @param fileListSize bytes of the list on the wire
 * @param fileListBuildMillis time to build it
 * @param fileListTransferMillis time to send it
 * @param bytesSent by this end
 * @param bytesReceived by this end
 */
public record TransferStatistics(
        Counts counts,
        Counts created,
        Counts deleted,
        long transferredFiles,
        long totalSize,
        long transferredSize,
        long literalData,
        long matchedData,
        long fileListSize,
        long fileListBuildMillis,
        long fileListTransferMillis,
        long bytesSent,
        long bytesReceived) {
    /** Numbers of each kind of file. */
    public record Counts(long regular, long directories, long symlinks, long devices, long specials) {
        public static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

        public long total() {
            return regular + directories + symlinks + devices + specials;
        }
    }
}
