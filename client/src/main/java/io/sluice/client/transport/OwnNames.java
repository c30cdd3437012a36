package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameConversion;

/** How this end's names travel, as its options say. */
final class OwnNames {
    private OwnNames() {}

    /**
     * Returns the conversion.
     *
     * @param secluded lists of names are converted too
     * @throws ClientException with code 4 if there is no such charset
     */
    static NameConversion of(TransferOptions options, boolean secluded) throws ClientException {
        try {
            return NameConversion.ofSpecification(options.selection().iconv()).withLists(secluded);
        } catch (TransferException e) {
            throw new ClientException(e.exitCode(), String.valueOf(e.getMessage()), e);
        }
    }
}
