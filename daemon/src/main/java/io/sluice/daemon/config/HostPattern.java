package io.sluice.daemon.config;

import java.net.InetAddress;

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
     * Parses an entry in lower case: {@code a.b.c.d}, an IPv6 address, either with {@code /bits} or {@code /mask}, or a name.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static HostPattern parse(String entry) {
        if (entry.startsWith("@")) {
            throw new IllegalArgumentException("netgroup: " + entry + " (expected: none, they are not supported)");
        }
        int slash = entry.indexOf('/');
        String address = slash < 0 ? entry : entry.substring(0, slash);
        boolean numeric =
                address.indexOf(':') >= 0 || address.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (numeric) {
            byte[] bytes = literal(address);
            return new Network(bytes, slash < 0 ? prefix(bytes.length * 8, bytes.length) : mask(entry, slash, bytes));
        }
        if (slash >= 0) {
            throw new IllegalArgumentException("host: " + entry + " (expected: a name, an address, or address/mask)");
        }
        return new Name(entry, entry.chars().noneMatch(c -> "*?[".indexOf(c) >= 0));
    }

    private static byte[] mask(String entry, int slash, byte[] address) {
        String mask = entry.substring(slash + 1);
        if (mask.indexOf('.') >= 0 || mask.indexOf(':') >= 0) {
            byte[] bytes = literal(mask);
            if (bytes.length == address.length) {
                return bytes;
            }
        } else if (!mask.isEmpty() && mask.length() <= 3 && mask.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int bits = Integer.parseInt(mask);
            if (bits <= address.length * 8) {
                return prefix(bits, address.length);
            }
        }
        throw new IllegalArgumentException(
                "malformed mask in " + entry + " (expected: bits up to " + address.length * 8 + " or a mask)");
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
