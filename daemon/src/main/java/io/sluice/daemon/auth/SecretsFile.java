package io.sluice.daemon.auth;

import io.sluice.daemon.files.OperatorFile;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Lines of {@code user:password} and {@code @group:password}. */
final class SecretsFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int OTHERS_READ_OR_WRITE = 06;

    private final byte[] content;

    SecretsFile(byte[] content) {
        this.content = content;
    }

    /**
     * Reads a file.
     *
     * @throws Unusable if it must not be trusted; the message is rsync's log line
     */
    static SecretsFile read(String path, boolean strictModes) throws IOException, Unusable {
        try (OpenFile file = OperatorFile.open(path, OpenFlags.READ_ONLY, 0)) {
            FileStatus status = new FileStatus();
            file.status(status);
            if (strictModes && (status.permissions() & OTHERS_READ_OR_WRITE) != 0) {
                throw new Unusable("secrets file must not be other-accessible (see strict modes option)");
            }
            if (strictModes && Identity.currentUser() == 0 && status.uid() != 0) {
                throw new Unusable("secrets file must be owned by root when running as root (see strict modes)");
            }
            return new SecretsFile(content(file, path));
        }
    }

    /** What cannot be read, as of a directory, has no secret in it. */
    private static byte[] content(OpenFile file, String path) {
        try {
            return OperatorFile.readAll(file, path, MAX_BYTES);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** A secrets file that {@code strict modes} forbids to use. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * Looks for a password: the first line of the user counts, and the first line of the group.
     *
     * @param user as the peer gave it
     * @param group that let the user in; empty: none did
     * @param matches whether a password is the peer's
     * @return why the user may not come in, in rsync's words; empty if he may
     */
    Optional<String> check(byte[] user, Optional<byte[]> group, Predicate<byte[]> matches) {
        if (user.length > 0 && user[0] == '#') {
            return Optional.of("invalid username");
        }
        byte[] userKey = key("", user);
        byte[] groupKey = group.map(name -> key("@", name)).orElse(null);
        boolean userOpen = user.length == 0 || user[0] != '@';
        boolean groupOpen = groupKey != null;
        String reason = "secret not found";
        int position = 0;
        while (position < content.length && (userOpen || groupOpen)) {
            int end = lineEnd(position);
            boolean ofUser = userOpen && beginsWith(position, end, userKey);
            boolean ofGroup = groupOpen && groupKey != null && beginsWith(position, end, groupKey);
            if (ofUser || ofGroup) {
                int from = position + (ofUser ? userKey : key("@", group.orElseThrow())).length;
                if (matches.test(Arrays.copyOfRange(content, from, end))) {
                    return Optional.empty();
                }
                reason = "password mismatch";
                userOpen &= !ofUser;
                groupOpen &= !ofGroup;
            }
            position = end + 1;
        }
        return Optional.of(reason);
    }

    private static byte[] key(String prefix, byte[] name) {
        byte[] begin = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] key = Arrays.copyOf(begin, begin.length + name.length + 1);
        System.arraycopy(name, 0, key, begin.length, name.length);
        key[key.length - 1] = ':';
        return key;
    }

    /** The end of the line at {@code from}: an empty line between CR and LF does no harm. */
    private int lineEnd(int from) {
        int end = from;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean beginsWith(int from, int end, byte[] key) {
        return end - from >= key.length && Arrays.equals(content, from, from + key.length, key, 0, key.length);
    }

    /** Overwrites the passwords. */
    void forget() {
        Arrays.fill(content, (byte) 0);
    }
}
