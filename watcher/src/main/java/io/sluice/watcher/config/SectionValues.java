package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile.Section;
import io.sluice.protocol.config.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A section's parameters, with those before the first section behind them. */
final class SectionValues {
    private final @Nullable SectionValues common;
    private final Findings findings;
    private final Map<MirrorParameter, List<Parameter>> given = new EnumMap<>(MirrorParameter.class);
    /** Of all kinds in the order of the file. */
    private final List<Parameter> inOrder = new ArrayList<>();

    SectionValues(@Nullable SectionValues common, Findings findings) {
        this.common = common;
        this.findings = findings;
    }

    /** Takes what a section says; a parameter that there is not is an error. */
    void read(Section section) throws ConfigurationException {
        for (Parameter parameter : section.parameters()) {
            MirrorParameter known = MirrorParameter.of(parameter).orElse(null);
            if (known == null) {
                findings.error(parameter.error(
                        "parameter: " + parameter.name() + " (expected: one of " + MirrorParameter.names() + ")"));
                continue;
            }
            if (known.isGlobal() && common != null) {
                findings.error(parameter.error(known.text() + ": in a section (expected: before the first one)"));
                continue;
            }
            List<Parameter> all = given.computeIfAbsent(known, key -> new ArrayList<>());
            if (!known.addsUp()) {
                all.forEach(replaced -> warn(replaced, parameter));
                all.clear();
            }
            all.add(parameter);
            inOrder.add(parameter);
        }
    }

    private void warn(Parameter replaced, Parameter by) {
        findings.add(
                Severity.WARNING,
                new Place(replaced.file(), replaced.line()),
                replaced.name() + ": it does not count, as line " + by.line() + " says it again");
    }

    /** Those of a name: the section's own, or if there are none those that hold for all. */
    List<Parameter> all(MirrorParameter name) {
        List<Parameter> own = given.getOrDefault(name, List.of());
        return own.isEmpty() && common != null ? common.all(name) : own;
    }

    /** The last of a name, which is the one that counts where they do not add up. */
    @Nullable
    Parameter last(MirrorParameter name) {
        List<Parameter> all = all(name);
        return all.isEmpty() ? null : all.getLast();
    }

    /** Rules of all kinds, those for all sections first. */
    List<Parameter> rules() {
        List<Parameter> rules = new ArrayList<>(common == null ? List.of() : common.inOrder);
        rules.addAll(inOrder);
        return rules;
    }

    /** All that counts for the section but what it is mirrored to, as one text: what is written alike means the same. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (MirrorParameter name : MirrorParameter.values()) {
            if (name != MirrorParameter.REPLICAS && !name.isGlobal()) {
                for (Parameter parameter : all(name)) {
                    text.append(name.text())
                            .append('=')
                            .append(parameter.text())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
