package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;

/** Every group of scenarios. */
final class AllGroups {
    private AllGroups() {}

    static List<Group> list() {
        List<Group> all = new ArrayList<>(List.of(
                GreetingScenarios.GROUP,
                AccessScenarios.GROUP,
                LoginScenarios.GROUP,
                RefusalScenarios.GROUP,
                PathScenarios.GROUP,
                FileScenarios.GROUP,
                LinkScenarios.GROUP,
                LogScenarios.GROUP,
                IncludeScenarios.GROUP));
        all.addAll(ProxyScenarios.GROUPS);
        all.addAll(NameScenarios.GROUPS);
        return List.copyOf(all);
    }
}
