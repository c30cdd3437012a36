package io.sluice.client;

import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.util.List;

/** Who brings files from one end to the other, by one connection or by several. */
public interface Transfers {
    /** Sends files, as {@link RsyncClient#push} does. */
    TransferResult push(SourceFiles sources, Location destination) throws IOException;

    /** Fetches files, as {@link RsyncClient#pull(List, byte[], Iterable)} does. */
    TransferResult pull(List<? extends Location> sources, byte[] destination, Iterable<byte[]> names)
            throws IOException;

    /** Breaks off the transfer that is under way, and every later one. Any thread may call it. */
    void abort();
}
