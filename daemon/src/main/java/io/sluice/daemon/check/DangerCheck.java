package io.sluice.daemon.check;

import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TransferRules;
import io.sluice.daemon.module.ModuleTrial;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Warns of what works in a module and may not be what its administrator wants. */
final class DangerCheck {
    private final ModuleConfiguration module;
    private final ModuleTrial trial;
    private final Findings findings;

    DangerCheck(ModuleConfiguration module, Findings findings) {
        this.module = module;
        this.findings = findings;
        trial = new ModuleTrial(module);
    }

    void run() {
        TransferRules transfer = module.transfer();
        boolean open =
                !module.authentication().required() && module.access().allow().isEmpty();
        if (!transfer.readOnly() && open) {
            warning("read only", "anyone who reaches the daemon may write (no \"auth users\", no \"hosts allow\")");
        }
        if (!transfer.readOnly() && trial.isRoot()) {
            warning("uid", "clients write as root");
        }
        if (!transfer.readOnly() && trial.servesAll()) {
            warning("path", "clients write to the whole file system");
        }
        if (module.tree().insecureLinks()) {
            warning("insecure links", "symlinks lead transfers out of the module");
        }
        if (transfer.readOnly() && transfer.writeOnly()) {
            warning("write only", "read only and write only: nothing can be done in this module");
        }
        if (module.authentication().required() && !module.authentication().strictModes()) {
            warning("strict modes", "the secrets file may be open to others");
        }
        String secrets = module.authentication().secretsFile();
        if (!secrets.isEmpty() && isInModule(secrets)) {
            warning("secrets file", "it is in a module, where clients may see it");
        }
    }

    private void warning(String parameter, String text) {
        findings.add(
                Severity.WARNING, module.place(parameter), "module " + module.name() + ": " + parameter + ": " + text);
    }

    private boolean isInModule(String file) {
        Path tree = Path.of(new String(module.tree().path(), StandardCharsets.UTF_8))
                .normalize();
        return module.tree().path().length > 0 && Path.of(file).normalize().startsWith(tree);
    }
}
