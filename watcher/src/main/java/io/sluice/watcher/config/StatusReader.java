package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Parameter;
import io.sluice.watcher.status.StatusRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads where a mirror tells how it stands, from what holds for all sections. */
final class StatusReader {
    private final SectionValues common;
    private final Findings findings;

    StatusReader(SectionValues common, Findings findings) {
        this.common = common;
        this.findings = findings;
    }

    /** Empty: nowhere, or there was an error. */
    Optional<StatusRules> rules() throws ConfigurationException {
        Parameter address = common.last(MirrorParameter.STATUS_ADDRESS);
        Parameter file = common.last(MirrorParameter.STATUS_TOKEN_FILE);
        if (address == null) {
            return Optional.empty();
        }
        Optional<String> token = Optional.empty();
        if (file != null) {
            try {
                token = Optional.of(StatusRules.readToken(Path.of(file.text())));
            } catch (IOException e) {
                findings.error(file.error("status token file: " + e.getMessage()));
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StatusRules.of(address.text(), token));
        } catch (IllegalArgumentException e) {
            findings.error(address.error(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
