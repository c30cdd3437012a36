package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;

/** {@code RSYNC_CONNECT_PROG}: a shell command in which {@code %H} is the host and {@code %%} a percent sign. */
final class ConnectProgram {
    private static final String SAFE_LATER = "._:-%+~";
    private static final String UNSAFE_FIRST = "-+~%";

    private ConnectProgram() {}

    /**
     * Returns the command for {@code host}.
     *
     * @throws ClientException with code 10 if the host has characters that a shell could take for more than a name
     */
    static String command(String program, String host) throws ClientException {
        if (program.indexOf('%') < 0) {
            return program;
        }
        if (!isSafe(host)) {
            throw new ClientException(ExitCode.SOCKET_IO, "unsafe host characters for RSYNC_CONNECT_PROG");
        }
        StringBuilder command = new StringBuilder();
        for (int at = 0; at < program.length(); at++) {
            char next = at + 1 < program.length() ? program.charAt(at + 1) : 0;
            if (program.charAt(at) == '%' && next == 'H') {
                command.append('\'').append(host).append('\'');
                at++;
            } else {
                command.append(program.charAt(at));
                at += program.charAt(at) == '%' && next == '%' ? 1 : 0;
            }
        }
        return command.toString();
    }

    private static boolean isSafe(String host) {
        if (host.isEmpty() || UNSAFE_FIRST.indexOf(host.charAt(0)) >= 0) {
            return false;
        }
        return host.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || SAFE_LATER.indexOf(c) >= 0);
    }
}
