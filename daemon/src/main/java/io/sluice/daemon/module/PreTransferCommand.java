package io.sluice.daemon.module;

import io.sluice.linux.Identity;
import io.sluice.protocol.options.ServerArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks {@code pre-xfer exec} about a request. The command gets the paths as they will be used: wildcards are expanded as the module's user. */
final class PreTransferCommand {
    private static final byte[] DOT = {'.'};

    private PreTransferCommand() {}

    /** Runs it, if there is one; what the client is told if the transfer must not be. */
    static Optional<byte[]> run(Admission admission, RequestArguments request) throws IOException {
        if (!admission.hooks().hasBefore()) {
            return Optional.empty();
        }
        List<byte[]> arguments = new ArrayList<>(request.options());
        if (request.hasOperands()) {
            arguments.add(DOT);
            arguments.addAll(paths(admission.module(), request));
        }
        return admission.hooks().runBefore(request.asked(), arguments);
    }

    private static List<byte[]> paths(OpenModule module, RequestArguments request) throws IOException {
        ServerArguments parsed = request.parseWhatCanBe();
        boolean relative = parsed.options().selection().relative();
        @Nullable
        Identity previous =
                module.credentials().isPresent() ? module.credentials().get().assume() : null;
        try {
            return new PathArguments(module, relative).expand(parsed.paths(), !request.secluded());
        } finally {
            if (previous != null) {
                previous.close();
            }
        }
    }
}
