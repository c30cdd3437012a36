package io.sluice.daemon.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Asks the system's resolver; every method may take many seconds. */
public interface HostNames {
    /** The resolver that the Java runtime uses. */
    HostNames SYSTEM = new HostNames() {
        @Override
        public String nameOf(InetAddress address) {
            String name = address.getCanonicalHostName();
            return name.equals(address.getHostAddress()) ? Peer.UNKNOWN : name;
        }

        @Override
        public List<InetAddress> addressesOf(String name) throws UnknownHostException {
            return Arrays.asList(InetAddress.getAllByName(name));
        }
    };

    /** The name of an address, if the name's addresses include it; else {@link Peer#UNKNOWN}. */
    String nameOf(InetAddress address);

    /** All addresses of a name. */
    List<InetAddress> addressesOf(String name) throws UnknownHostException;
}
