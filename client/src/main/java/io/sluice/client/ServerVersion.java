package io.sluice.client;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code --protocol} on a server's own command line says: {@code --rsync-path='rsync --protocol=29'} and {@code -M--protocol=29} hold back the other
 * end.
 *
 * @param newest the newest version to use
 * @param others the other words
 */
record ServerVersion(ProtocolVersion newest, List<String> others) {
    private static final String OPTION = "--protocol=";

    ServerVersion {
        others = List.copyOf(others);
    }

    /** @throws TransferException with code 2 for a version that this engine does not speak */
    static ServerVersion of(List<String> words) throws TransferException {
        ProtocolVersion newest = ProtocolVersion.NEWEST;
        List<String> others = new ArrayList<>(words);
        int paths = words.contains(".") ? words.indexOf(".") : words.size();
        for (String word : words.subList(0, paths)) {
            if (word.startsWith(OPTION)) {
                newest = version(word.substring(OPTION.length()));
                others.remove(word);
            }
        }
        return new ServerVersion(newest, others);
    }

    private static ProtocolVersion version(String number) throws TransferException {
        int value;
        try {
            value = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new TransferException(ExitCode.SYNTAX, OPTION + number + ": invalid numeric value");
        }
        int oldest = ProtocolVersion.OLDEST.number();
        int latest = ProtocolVersion.NEWEST.number();
        if (value < oldest || value > latest) {
            String bound = value < oldest ? "at least " + oldest : "no more than " + latest;
            throw new TransferException(ExitCode.PROTOCOL, "--protocol must be " + bound + " on the Server.");
        }
        return new ProtocolVersion(value);
    }
}
