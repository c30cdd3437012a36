package io.sluice.client.parallel;

import io.sluice.client.PasswordSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Asks for a password once, however many sessions need it. */
final class RememberedPassword implements PasswordSource {
    private final PasswordSource source;
    private final Map<String, byte[]> known = new HashMap<>();

    RememberedPassword(PasswordSource source) {
        this.source = source;
    }

    @Override
    public synchronized byte[] password(String user) throws IOException {
        byte[] password = known.get(user);
        if (password == null) {
            password = source.password(user);
            known.put(user, password);
        }
        return password;
    }
}
