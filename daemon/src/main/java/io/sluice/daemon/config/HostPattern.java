package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One entry of {@code hosts allow} or {@code hosts deny}. */
public sealed interface HostPattern {
    /**
     * Addresses that equal {@code address} in the bits of {@code mask}.
     *
     * @param address 4 or 16 bytes
     * @param mask as many
     */
    record Network(byte[] address, byte[] mask) implements HostPattern {
        /** Whether {@code other} is of the same family and in this network. */
        public boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < other.length; i++) {
                if (((other[i] ^ address[i]) & mask[i]) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A host's name, in lower case, perhaps with wildcards.
     *
     * @param simple it has no wildcards, so that it can be looked up
     */
    record Name(String pattern, boolean simple) implements HostPattern {}

    /**
     * What is neither, which nobody is; rsync says so each time that it comes upon it.
     *
     * @param complaint rsync's
     */
    record Malformed(String complaint) implements HostPattern {}

    /** The entries of a parameter, separated by white space and commas. */
    static List<HostPattern> list(ModuleParameters from, KnownParameter name) throws ConfigurationException {
        String entries = from.text(name, "").replace(',', ' ').toLowerCase(Locale.ROOT);
        List<HostPattern> patterns = new ArrayList<>();
        for (String entry : Words.bySpace(entries)) {
            try {
                patterns.add(HostPattern.parse(entry));
            } catch (IllegalArgumentException e) {
                from.fault(name, name.label() + ": " + e.getMessage());
            }
        }
        return patterns;
    }

    /**
     * Parses an entry in lower case: {@code a.b.c.d}, an IPv6 address, either with {@code /bits} or {@code /mask}, or a name.
     *
     * @throws IllegalArgumentException for a netgroup: nobody could be told whether a peer is in it
     */
    static HostPattern parse(String entry) {
        if (entry.startsWith("@")) {
            throw new IllegalArgumentException("netgroup: " + entry + " (expected: none, they are not supported)");
        }
        int slash = entry.indexOf('/');
        String address = slash < 0 ? entry : entry.substring(0, slash);
        boolean numeric =
                address.indexOf(':') >= 0 || address.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (!numeric) {
            return new Name(entry, entry.chars().noneMatch(c -> ":/*?[".indexOf(c) >= 0));
        }
        byte[] bytes;
        try {
            bytes = literal(address);
        } catch (IllegalArgumentException e) {
            return new Malformed("error matching address " + entry + ": Name or service not known");
        }
        return slash < 0
                ? new Network(bytes, prefix(bytes.length * 8, bytes.length))
                : masked(bytes, entry, entry.substring(slash + 1));
    }

    private static HostPattern masked(byte[] address, String entry, String mask) {
        try {
            byte[] bytes = literal(mask);
            if (mask.matches(".*[.:].*") && bytes.length == address.length) {
                return new Network(address, bytes);
            }
        } catch (IllegalArgumentException e) {
            // a number of bits, perhaps
        }
        if (mask.length() <= 3 && mask.matches("[0-9]+") && Integer.parseInt(mask) <= address.length * 8) {
            return new Network(address, prefix(Integer.parseInt(mask), address.length));
        }
        return new Malformed("malformed mask in " + entry);
    }

    private static byte[] literal(String address) {
        return InetAddress.ofLiteral(address).getAddress();
    }

    private static byte[] prefix(int bits, int length) {
        byte[] mask = new byte[length];
        for (int i = 0; i < bits; i++) {
            mask[i / 8] |= (byte) (0x80 >> (i % 8));
        }
        return mask;
    }
}
