package io.sluice.daemon.module;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TreeRules;
import io.sluice.linux.Landlock;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Does with a module what a connection would, one step after the other, to find all that is in its way. Answers are what the log would say. */
public final class ModuleTrial {
    private final ModuleConfiguration module;
    private final TreeRules rules;

    public ModuleTrial(ModuleConfiguration module) {
        this.module = module;
        this.rules = module.tree();
    }

    private interface Step {
        void take() throws IOException;
    }

    private static Optional<String> complaint(Step step) {
        try {
            step.take();
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.logLine());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Finds the module's user. */
    public Optional<String> user() {
        return complaint(() -> {
            var _ = Credentials.userOf(rules, Accounts.SYSTEM);
        });
    }

    /** Finds the module's groups, those of a user that there is. */
    public Optional<String> groups() {
        return user().isPresent()
                ? Optional.empty()
                : complaint(() -> {
                    var _ = Credentials.of(rules, Accounts.SYSTEM);
                });
    }

    /** Asks the kernel whether it can confine a transfer, if it is to. */
    public Optional<String> confinement() {
        return complaint(() -> Confinement.requireSupport(rules, Landlock.version()));
    }

    /** Reads the module's rules. */
    public Optional<String> filters() {
        return complaint(() -> {
            var _ = OpenModule.filters(module.filters(), rules.path());
        });
    }

    /** Opens the module's directory. */
    public Optional<String> tree() {
        if (rules.path().length == 0) {
            return Optional.of("No path specified for module " + module.name());
        }
        return complaint(() -> OpenModule.openTree(rules).close());
    }

    /** Looks for the charset. */
    public Optional<String> charset() {
        try {
            var _ = ModuleNames.of(module.transfer().charset(), true);
            return Optional.empty();
        } catch (TransferException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the module's files are used as root's are. */
    public boolean isRoot() {
        try {
            return Credentials.userOf(rules, Accounts.SYSTEM) == 0;
        } catch (RefusedException e) {
            return false;
        }
    }

    /** Whether the module is the whole file system. */
    public boolean servesAll() {
        return new String(rules.path(), StandardCharsets.ISO_8859_1).equals("/") && rules.chroot().length == 0;
    }
}
