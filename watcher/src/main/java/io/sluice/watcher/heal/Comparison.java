package io.sluice.watcher.heal;

import java.util.List;

/**
 * How a replica compares with its source.
 *
 * @param differences in the order of their paths' bytes; no more than a number, beyond which {@code more} counts
 * @param more differences that are not listed
 * @param inFlight paths that differed, or were being changed, while they were looked at
 * @param entries that were compared
 * @param errors what could not be looked at, in words; then there may be more differences
 */
public record Comparison(
        List<Difference> differences, long more, List<byte[]> inFlight, long entries, List<String> errors) {
    public Comparison {
        differences = List.copyOf(differences);
        inFlight = List.copyOf(inFlight);
        errors = List.copyOf(errors);
    }

    /** Whether nothing differs that was looked at. */
    public boolean isEqual() {
        return differences.isEmpty() && more == 0;
    }

    /** All that differ. */
    public long count() {
        return differences.size() + more;
    }
}
