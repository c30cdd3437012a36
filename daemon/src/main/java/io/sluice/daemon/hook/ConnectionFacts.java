package io.sluice.daemon.hook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all commands are told about a connection.
 *
 * @param module its name
 * @param path the module's, as configured
 * @param address the peer's
 * @param host the peer's name
 * @param user as the peer gave it; empty: there was no authentication
 * @param number of the connection
 */
public record ConnectionFacts(String module, byte[] path, String address, String host, byte[] user, long number) {
    /** As environment variables, by name. */
    Map<String, byte[]> variables() {
        Map<String, byte[]> variables = new HashMap<>();
        variables.put("RSYNC_MODULE_NAME", bytes(module));
        variables.put("RSYNC_MODULE_PATH", normal(path));
        variables.put("RSYNC_HOST_ADDR", bytes(address));
        variables.put("RSYNC_HOST_NAME", bytes(host));
        variables.put("RSYNC_USER_NAME", user);
        variables.put("RSYNC_PID", bytes(Long.toString(number)));
        return variables;
    }

    /** The path without what makes no difference: {@code /srv//a/./b/../c/} is {@code /srv/a/c}. */
    static byte[] normal(byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1);
        List<String> kept = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            boolean up = part.equals("..");
            if (up && !kept.isEmpty()) {
                kept.removeLast();
            } else if (!up && !part.isEmpty() && !part.equals(".")) {
                kept.add(part);
            }
        }
        ByteArrayOutputStream normal = new ByteArrayOutputStream(path.length);
        kept.forEach(part -> normal.writeBytes(("/" + part).getBytes(StandardCharsets.ISO_8859_1)));
        return kept.isEmpty() ? new byte[] {'/'} : normal.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
