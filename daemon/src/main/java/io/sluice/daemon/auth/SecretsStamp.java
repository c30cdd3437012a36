package io.sluice.daemon.auth;

import io.sluice.daemon.config.AuthenticationRules;
import io.sluice.daemon.files.OperatorFile;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import java.io.IOException;

/** By what a change of a module's secrets file shows: whoever came in with a password that was in it may no longer be let in. */
public record SecretsStamp(
        long device, long inode, long size, long mtimeSeconds, int mtimeNanos, long ctimeSeconds, int ctimeNanos) {
    /** There is no file. */
    private static final SecretsStamp NONE = new SecretsStamp(0, 0, 0, 0, 0, 0, 0);

    /**
     * Looks at the file as it is now.
     *
     * @throws IOException if there ought to be one and it cannot be looked at
     */
    public static SecretsStamp of(AuthenticationRules rules) throws IOException {
        if (!rules.required() || rules.secretsFile().isEmpty()) {
            return NONE;
        }
        try (OpenFile file = OperatorFile.open(rules.secretsFile(), OpenFlags.READ_ONLY, 0)) {
            FileStatus status = new FileStatus();
            file.status(status);
            return new SecretsStamp(
                    status.device(),
                    status.inode(),
                    status.size(),
                    status.mtimeSeconds(),
                    status.mtimeNanos(),
                    status.ctimeSeconds(),
                    status.ctimeNanos());
        }
    }
}
