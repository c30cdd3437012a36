package io.sluice.daemon.config;

import java.util.List;

/**
 * What a client may do in a module.
 *
 * @param readOnly nothing may be sent to it
 * @param writeOnly nothing may be taken from it
 * @param ignoreErrors deletions go on after I/O errors
 * @param refusedOptions {@code refuse options}, in order
 * @param incomingChmod changes to the modes of files received; empty: none
 * @param outgoingChmod changes to the modes of files sent; empty: none
 */
public record TransferRules(
        boolean readOnly,
        boolean writeOnly,
        boolean ignoreErrors,
        List<String> refusedOptions,
        String incomingChmod,
        String outgoingChmod) {
    public TransferRules {
        refusedOptions = List.copyOf(refusedOptions);
    }
}
