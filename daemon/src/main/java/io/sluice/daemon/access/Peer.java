package io.sluice.daemon.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/**
 * The other end of a connection.
 *
 * @param address where it connects from
 * @param host its name; {@link #UNKNOWN} or {@link #UNDETERMINED} if it has none for us
 */
public record Peer(InetAddress address, String host) {
    /** The name of a peer whose address has none, or one that does not lead back to the address. */
    public static final String UNKNOWN = "UNKNOWN";
    /** The name of a peer that was not looked up. */
    public static final String UNDETERMINED = "UNDETERMINED";

    /** The address as text, such as {@code 127.0.0.1} or {@code ::1}. */
    public String addressText() {
        return NetUtil.toAddressString(address, false);
    }

    /** {@code host (address)}, as it stands in log lines and messages. */
    public String describe() {
        return host + " (" + addressText() + ")";
    }
}
