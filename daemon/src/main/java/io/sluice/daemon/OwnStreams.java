package io.sluice.daemon;

import io.sluice.linux.SocketCalls;
import io.sluice.linux.StandardDescriptors;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The connection that this process was started with.
 *
 * @param peer who is at its other end, as far as that can be known
 * @param input what the peer sends
 * @param output what it gets
 */
record OwnStreams(InetAddress peer, InputStream input, OutputStream output) {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final byte[] NOWHERE = new byte[4];

    /** Standard input is a socket, which is the connection in both directions. */
    static boolean isInetd() {
        return SocketCalls.isSocket(STDIN);
    }

    /** From inetd: a socket without an address comes from this machine. */
    static OwnStreams ofInetd() throws IOException {
        StandardDescriptors.makeBlocking(STDIN);
        InetAddress peer = SocketCalls.peerAddress(STDIN).orElse(InetAddress.getLoopbackAddress());
        return new OwnStreams(peer, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.in));
    }

    /** From a remote shell, which tells who its peer is in a variable. */
    static OwnStreams ofRemoteShell(Map<String, String> environment) throws IOException {
        StandardDescriptors.makeBlocking(STDIN);
        StandardDescriptors.makeBlocking(STDOUT);
        Optional<String> told = Stream.of("REMOTE_HOST", "SSH_CONNECTION", "SSH_CLIENT", "SSH2_CLIENT")
                .filter(environment::containsKey)
                .map(environment::get)
                .findFirst();
        return new OwnStreams(
                address(told.orElse("")),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out));
    }

    private static InetAddress address(String told) throws IOException {
        String first = told.split(" ", 2)[0];
        try {
            return InetAddress.ofLiteral(first);
        } catch (IllegalArgumentException notAnAddress) {
            return InetAddress.getByAddress(NOWHERE);
        }
    }
}
