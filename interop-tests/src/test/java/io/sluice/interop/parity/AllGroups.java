package io.sluice.interop.parity;

import java.util.List;

/** Every group of scenarios. */
final class AllGroups {
    private AllGroups() {}

    static List<Group> list() {
        return List.of(
                GreetingScenarios.GROUP,
                AccessScenarios.GROUP,
                RefusalScenarios.GROUP,
                PathScenarios.GROUP,
                FileScenarios.GROUP,
                LogScenarios.GROUP);
    }
}
