package io.sluice.daemon.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a client may do in a module.
 *
 * @param readOnly nothing may be sent to it
 * @param writeOnly nothing may be taken from it
 * @param ignoreErrors deletions go on after I/O errors
 * @param fakeSuper what only root can set is kept in extended attributes
 * @param openNoAtime 1 or 0: files are read without changing their access time; unset: as the client asks
 * @param stored files are sent uncompressed, as far as the codec can: a word of {@code dont compress} is {@code *}, the only one that has an effect in rsync
 * @param refusedOptions {@code refuse options}, in order
 * @param incomingChmod changes to the modes of files received; empty: none
 * @param outgoingChmod changes to the modes of files sent; empty: none
 * @param charset of the names in the module, for clients that convert names; empty: they cannot
 * @param temporaryDirectory {@code temp dir}, inside the module, for clients that name none; empty: none
 * @param ignoreNonReadable what may not be read is not sent, and not talked of
 */
public record TransferRules(
        boolean readOnly,
        boolean writeOnly,
        boolean ignoreErrors,
        boolean fakeSuper,
        OptionalInt openNoAtime,
        boolean stored,
        List<String> refusedOptions,
        String incomingChmod,
        String outgoingChmod,
        String charset,
        String temporaryDirectory,
        boolean ignoreNonReadable) {
    public TransferRules {
        refusedOptions = List.copyOf(refusedOptions);
    }
}
