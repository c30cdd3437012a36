package io.sluice.protocol.fuzz;

import io.sluice.protocol.delta.DeltaTargets;
import io.sluice.protocol.filelist.ListTargets;
import io.sluice.protocol.files.AttributeTargets;
import io.sluice.protocol.filter.RuleTargets;
import io.sluice.protocol.options.ArgumentTargets;
import io.sluice.protocol.session.SessionTargets;
import io.sluice.protocol.transfer.TransferTargets;
import java.util.List;
import java.util.stream.Stream;

/** Every decoder of this module that a peer reaches. */
final class FuzzTargets {
    private FuzzTargets() {}

    static List<FuzzTarget> all() {
        return Stream.of(
                        SessionTargets.all(),
                        ArgumentTargets.all(),
                        RuleTargets.all(),
                        ListTargets.all(),
                        DeltaTargets.all(),
                        TransferTargets.all(),
                        AttributeTargets.all())
                .flatMap(List::stream)
                .toList();
    }
}
