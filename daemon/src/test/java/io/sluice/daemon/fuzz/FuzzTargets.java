package io.sluice.daemon.fuzz;

import io.sluice.daemon.auth.SecretsTargets;
import io.sluice.daemon.config.ConfigurationTargets;
import io.sluice.daemon.module.RequestTargets;
import io.sluice.daemon.net.NetTargets;
import java.util.List;
import java.util.stream.Stream;

/** Every decoder of this module. */
final class FuzzTargets {
    private FuzzTargets() {}

    static List<FuzzTarget> all() {
        return Stream.of(NetTargets.all(), RequestTargets.all(), SecretsTargets.all(), ConfigurationTargets.all())
                .flatMap(List::stream)
                .toList();
    }
}
