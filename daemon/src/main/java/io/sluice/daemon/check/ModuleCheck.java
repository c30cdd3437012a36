package io.sluice.daemon.check;

import io.sluice.daemon.auth.Authentication;
import io.sluice.daemon.config.AuthenticationRules;
import io.sluice.daemon.config.AuthorizedUser;
import io.sluice.daemon.config.HostPattern;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.module.ModuleTrial;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.session.DigestType;
import java.util.List;
import java.util.Optional;

/** Looks at what a module needs to work. What is known only once there is a connection is not looked at. */
final class ModuleCheck {
    private static final String PATH = "path";

    private final ModuleConfiguration module;
    private final Findings findings;

    ModuleCheck(ModuleConfiguration module, Findings findings) {
        this.module = module;
        this.findings = findings;
    }

    void run() {
        ModuleTrial trial = new ModuleTrial(module);
        error(PATH, trial.tree());
        error("uid", trial.user());
        error("gid", trial.groups());
        error("landlock", trial.confinement());
        if (rulesAreKnown()) {
            error(rulesParameter(), trial.filters());
        }
        error("charset", trial.charset());
        logins();
        hosts("hosts allow", module.access().allow());
        hosts("hosts deny", module.access().deny());
        if (module.limits().maxConnections() != 0) {
            error("lock file", OperatorPaths.missingParent(module.limits().lockFile()));
        }
        OperatorPaths.missingParent(module.log().target().file()).ifPresent(missing -> warning("log file", missing));
    }

    private void error(String parameter, Optional<String> complaint) {
        if (complaint.isPresent() && !module.dependsOnConnection(parameter)) {
            add(Severity.ERROR, parameter, complaint.get());
        }
    }

    private void warning(String parameter, String text) {
        if (!module.dependsOnConnection(parameter)) {
            add(Severity.WARNING, parameter, text);
        }
    }

    private void add(Severity severity, String parameter, String text) {
        findings.add(severity, module.place(parameter), "module " + module.name() + ": " + parameter + ": " + text);
    }

    private boolean rulesAreKnown() {
        return List.of("filter", "include", "include from", "exclude", "exclude from").stream()
                .noneMatch(module::dependsOnConnection);
    }

    /** Rules that are wrong are most likely those of a file. */
    private String rulesParameter() {
        return !module.filters().excludeFrom().isEmpty()
                ? "exclude from"
                : !module.filters().includeFrom().isEmpty() ? "include from" : "filter";
    }

    private void logins() {
        AuthenticationRules rules = module.authentication();
        if (!rules.required()) {
            return;
        }
        boolean passwords = rules.users().stream().anyMatch(user -> user.kind() != AuthorizedUser.Kind.CERTIFICATE);
        if (passwords) {
            error("secrets file", Authentication.objection(rules));
        }
        String digest = rules.weakestDigest();
        boolean known = digest.isEmpty()
                || DigestType.named().stream().anyMatch(type -> type.wireName().equalsIgnoreCase(digest));
        if (!known) {
            error("auth digest", Optional.of("'" + digest + "' is not a supported digest (nobody can come in)"));
        }
    }

    private void hosts(String parameter, List<HostPattern> patterns) {
        for (HostPattern pattern : patterns) {
            if (pattern instanceof HostPattern.Malformed malformed) {
                warning(parameter, malformed.complaint());
            }
        }
    }
}
