package io.sluice.protocol.session;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A daemon's or a client's first line: {@code @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4}.
 *
 * @param version protocol number as announced
 * @param subprotocol 0 for released versions
 * @param digests the names offered, in the sender's order, unknown ones included; empty if the peer names none
 */
public record Greeting(int version, int subprotocol, List<String> digests) {
    private static final Pattern LINE = Pattern.compile("@RSYNCD: (\\d{1,4})(?:\\.(\\d{1,9}))?(?: (.*))?");

    public Greeting {
        digests = List.copyOf(digests);
    }

    /** Returns the greeting of this engine when it is asked to use {@code version}. */
    public static Greeting ours(ProtocolVersion version) {
        return new Greeting(
                version.number(),
                0,
                DigestType.named().stream().map(DigestType::wireName).toList());
    }

    /**
     * Parses a line without its newline.
     *
     * @throws ProtocolException with code 5 if it is no greeting, or one that lacks what its version demands
     */
    public static Greeting parse(String line) throws ProtocolException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException(
                    ExitCode.START_CLIENT,
                    "greeting: \"" + line + "\" (expected: @RSYNCD: VERSION.SUBPROTOCOL DIGEST...)");
        }
        var version = new ProtocolVersion(Integer.parseInt(matcher.group(1)));
        if (matcher.group(2) == null && version.demandsSubprotocol()) {
            throw new ProtocolException(
                    ExitCode.START_CLIENT, "greeting: \"" + line + "\" (expected: a subprotocol after the version)");
        }
        int subprotocol = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (matcher.group(3) == null && version.demandsDigestNames()) {
            throw new ProtocolException(
                    ExitCode.START_CLIENT, "greeting: \"" + line + "\" (expected: digest names after the version)");
        }
        List<String> digests = matcher.group(3) == null
                ? List.of()
                : Arrays.stream(matcher.group(3).split(" ", -1))
                        .filter(name -> !name.isEmpty())
                        .toList();
        return new Greeting(version.number(), subprotocol, digests);
    }

    /** Returns the line, without its newline. */
    public String format() {
        String names = digests.stream().map(name -> " " + name).collect(Collectors.joining());
        return "@RSYNCD: " + version + "." + subprotocol + names;
    }

    /**
     * Chooses the version both ends can use. A pre-release of the peer's (subprotocol not 0) counts as the version before it.
     *
     * @throws ProtocolException with code 2 if there is none
     */
    public ProtocolVersion negotiate(ProtocolVersion ours) throws ProtocolException {
        int theirs = subprotocol == 0 || version > ours.number() ? version : version - 1;
        int agreed = Math.min(theirs, ours.number());
        if (agreed < ProtocolVersion.OLDEST.number()) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "protocol version: " + version + "." + subprotocol + " (expected: at least "
                            + ProtocolVersion.OLDEST.number() + ".0)");
        }
        return new ProtocolVersion(agreed);
    }

    /**
     * Chooses the digest for authentication from this greeting of the peer's: the strongest of ours that it names; if it names none, MD5, or MD4 for an
     * old peer.
     *
     * @throws ProtocolException with code 4 if it names others only
     */
    public DigestType negotiateDigest() throws ProtocolException {
        if (digests.isEmpty()) {
            return new ProtocolVersion(version).impliesMd5() ? DigestType.MD5 : DigestType.MD4_SEEDED;
        }
        for (DigestType type : DigestType.named()) {
            if (digests.stream().anyMatch(type.wireName()::equalsIgnoreCase)) {
                return type;
            }
        }
        String ours = String.join(" ", ours(ProtocolVersion.NEWEST).digests());
        throw new ProtocolException(
                ExitCode.UNSUPPORTED,
                "Failed to negotiate a daemon auth checksum choice. (the peer's: " + String.join(" ", digests)
                        + "; ours: " + ours + ")");
    }
}
