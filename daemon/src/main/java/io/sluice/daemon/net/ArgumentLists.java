package io.sluice.daemon.net;

import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.RefusedException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ServerArguments;
import java.util.ArrayList;
import java.util.List;

/** Collects a client's arguments, and the second list of those that seclude them ({@code -s}). */
final class ArgumentLists implements AutoCloseable {
    private static final int MAX_ARGUMENTS = 16_000;
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    /** What an argument costs besides its bytes. */
    private static final int OVERHEAD = 32;

    private final ArgumentMemory memory;
    private final List<byte[]> first = new ArrayList<>();
    private final List<byte[]> second = new ArrayList<>();
    private boolean secluded;
    private int bytes;
    private int own = ArgumentMemory.OWN;
    private int taken;

    /** @param memory for what goes beyond the ordinary */
    ArgumentLists(ArgumentMemory memory) {
        this.memory = memory;
    }

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
        reserve(argument.length + OVERHEAD);
        (secluded ? second : first).add(argument);
        return false;
    }

    private void reserve(int cost) throws RefusedException {
        own -= cost;
        int beyond = Math.min(-own, cost);
        if (beyond <= 0) {
            return;
        }
        if (!memory.take(beyond)) {
            String reason = "the arguments of all connections that begin take up too much memory";
            throw new RefusedException(reason + " -- try again later", reason);
        }
        taken += beyond;
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

    /** Gives back the memory. */
    @Override
    public void close() {
        memory.giveBack(taken);
        taken = 0;
    }
}
