package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ServerArguments;
import java.util.ArrayList;
import java.util.List;

/** Collects a client's arguments, and the second list of those that seclude them ({@code -s}). */
final class ArgumentLists {
    private static final int MAX_ARGUMENTS = 16_000;
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final List<byte[]> first = new ArrayList<>();
    private final List<byte[]> second = new ArrayList<>();
    private boolean secluded;
    private int bytes;

    /** Takes an argument; true if it was the empty one that ends them all. */
    boolean add(byte[] argument) throws RefusedException {
        if (argument.length == 0) {
            if (secluded) {
                return true;
            }
            secluded = seclude();
            return !secluded;
        }
        bytes += argument.length;
        if (first.size() + second.size() >= MAX_ARGUMENTS || bytes > MAX_BYTES) {
            throw new RefusedException("too many daemon arguments", "too many daemon arguments");
        }
        (secluded ? second : first).add(argument);
        return false;
    }

    /** Whether the second list has begun. */
    boolean areSecluded() {
        return secluded;
    }

    /** Whether the first list announces a second; one that makes no sense does not, and is reported by the transfer. */
    private boolean seclude() {
        try {
            return ServerArguments.parse(first, List.of()).secluded();
        } catch (TransferException e) {
            return false;
        }
    }

    Arguments complete() {
        return new Arguments(first, second);
    }
}
