package io.sluice.daemon.module;

import io.sluice.daemon.config.TreeRules;
import io.sluice.protocol.filelist.IdNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a transfer's names of users and groups come from.
 *
 * @param names the source
 * @param program it, if it is one; ended when this is closed
 */
record ModuleIdNames(IdNames names, Optional<NameConverter> program) implements AutoCloseable {
    private static final String NO_PROGRAMS = "RSYNC_NO_XFER_EXEC";

    /** Starts the module's name converter, if it has one, as the user who started the daemon. */
    static ModuleIdNames of(Admission admission, RequestArguments request) throws IOException {
        OpenModule module = admission.module();
        String command = module.configuration().tree().nameConverter();
        if (command.isEmpty() || module.usesNumbers() || System.getenv(NO_PROGRAMS) != null) {
            return new ModuleIdNames(module.names(), Optional.empty());
        }
        NameConverter program = NameConverter.start(
                command,
                variables(admission, request),
                admission.programs().enter(module.configuration().hooks().chroot()),
                admission.log());
        return new ModuleIdNames(program, Optional.of(program));
    }

    /** What {@code pre-xfer exec} would be told. */
    private static Map<String, byte[]> variables(Admission admission, RequestArguments request) {
        TreeRules tree = admission.module().configuration().tree();
        Map<String, byte[]> variables = new HashMap<>();
        variables.put(
                "RSYNC_MODULE_NAME", bytes(admission.module().configuration().name()));
        variables.put("RSYNC_MODULE_PATH", bytes(tree.shownPath()));
        variables.put("RSYNC_HOST_ADDR", bytes(admission.peer().addressText()));
        variables.put("RSYNC_HOST_NAME", bytes(admission.peer().host()));
        variables.put("RSYNC_USER_NAME", admission.user().bytes());
        variables.put("RSYNC_PID", bytes(Long.toString(admission.log().number())));
        variables.put("RSYNC_REQUEST", request.asked());
        variables.put("RSYNC_ARG0", bytes("rsyncd"));
        List<byte[]> options = request.options();
        for (int i = 0; i < options.size(); i++) {
            variables.put("RSYNC_ARG" + (i + 1), options.get(i));
        }
        variables.values().removeIf(ModuleIdNames::holdsNul);
        return variables;
    }

    private static boolean holdsNul(byte[] value) {
        for (byte each : value) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (program.isPresent()) {
            program.get().close();
        }
    }
}
