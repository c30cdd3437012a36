package io.sluice.daemon.module;

import io.sluice.linux.Errno;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.RuleArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rules that a client gives our end by its arguments ({@code --remote-option=--filter=…}). Files they name are in the module, where no path leads out; one
 * that the module hides does not exist for a merge rule, and may not be asked for by the other options.
 */
final class RequestedRules {
    private static final int CHUNK = 64 * 1024;
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final OpenModule module;
    private final FileTree tree;

    RequestedRules(OpenModule module, FileTree tree) {
        this.module = module;
        this.tree = tree;
    }

    /** The client asks for something that the module hides. */
    static final class RejectedException extends TransferException {
        private static final long serialVersionUID = 1L;

        RejectedException() {
            super(ExitCode.SYNTAX, "Your options have been rejected by the server.");
        }
    }

    /**
     * Reads the rules.
     *
     * @param nulTerminated rules in files end with NUL
     * @throws RejectedException to be told to the client; anything else is only for the log, as it may tell what there is
     */
    FilterList read(List<RuleArgument> arguments, boolean nulTerminated) throws IOException {
        CvsPatterns ignored = new CvsPatterns(module, tree);
        FilterList.Builder rules =
                new FilterList.Builder().cvsPatterns(ignored::read).nulTerminated(nulTerminated);
        for (RuleArgument argument : arguments) {
            byte[] text = argument.text().getBytes(StandardCharsets.ISO_8859_1);
            switch (argument.kind()) {
                case FILTER -> rules.filter(text, this::merged);
                case EXCLUDE -> rules.pattern(text, false);
                case INCLUDE -> rules.pattern(text, true);
                case EXCLUDE_FROM -> rules.from(listed(argument.text(), "exclude"), false, argument.text());
                case INCLUDE_FROM -> rules.from(listed(argument.text(), "include"), true, argument.text());
            }
        }
        return rules.build();
    }

    private byte[] merged(String name) throws IOException {
        byte[] path = place(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return module.excludesFile(path) ? new byte[0] : content(path);
    }

    private byte[] listed(String name, String kind) throws IOException {
        byte[] path = place(name);
        if (module.excludesFile(path)) {
            throw new RejectedException();
        }
        try {
            return content(path);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EISDIR || e.errno() == Errno.EINVAL) { // which can be opened, and has no lines
                return new byte[0];
            }
            String why = e.reason() + " (" + e.errno() + ")";
            throw new TransferException(ExitCode.FILE_IO, "failed to open " + kind + " file " + name + ": " + why, e);
        }
    }

    private static byte[] place(String name) {
        return PathArguments.sanitize(name, false).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All of a file that is in the module. */
    byte[] content(byte[] path) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (OpenFile file = tree.openForReading(path)) {
            for (int length = file.read(chunk, 0, CHUNK); length > 0; length = file.read(chunk, 0, CHUNK)) {
                if (content.size() > MAX_BYTES) {
                    throw new TransferException(ExitCode.MALLOC, "rules: more than " + MAX_BYTES + " bytes");
                }
                content.write(chunk, 0, length);
            }
        }
        return content.toByteArray();
    }
}
