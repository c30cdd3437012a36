package io.sluice.client.transport;

import java.io.IOException;
import java.util.Map;

/** System errors of the JDK's sockets as rsync tells them: text and number. */
final class SystemErrors {
    private static final Map<String, Integer> NUMBERS = Map.of(
            "Permission denied", 13,
            "Network is unreachable", 101,
            "Connection reset", 104,
            "Connection timed out", 110,
            "Connection refused", 111,
            "No route to host", 113,
            "Cannot assign requested address", 99,
            "Invalid argument", 22);

    private SystemErrors() {}

    /** Returns {@code Connection refused (111)}, or the bare text if the number is not known. */
    static String describe(IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Integer number = NUMBERS.get(text);
        return number == null ? text : text + " (" + number + ")";
    }
}
