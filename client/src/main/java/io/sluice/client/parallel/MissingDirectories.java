package io.sluice.client.parallel;

import io.sluice.client.command.ByteText;
import io.sluice.protocol.options.TransferOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * How the directories that the receiving side lacks are named so that one session makes just them, with their attributes from the start. If the
 * transfer's root is among them, everything is missing, and nothing but a name that leads through {@code ./} brings the root without its content.
 */
final class MissingDirectories {
    private static final String ROOT = ".";

    private final TransferPlan plan;

    MissingDirectories(TransferPlan plan) {
        this.plan = plan;
    }

    boolean isEmpty() {
        return plan.missingDirectories().isEmpty();
    }

    private boolean withRoot() {
        return plan.missingDirectories().contains(ROOT);
    }

    /** Returns {@code named} as the session needs them. */
    TransferOptions options(TransferOptions named) {
        return withRoot() ? SessionOptions.withParents(named) : named;
    }

    /** Returns the names, never none; if the root is all that is missing, a file goes with it. */
    List<byte[]> names() {
        List<String> names = new ArrayList<>(plan.missingDirectories());
        if (withRoot()) {
            names.remove(ROOT);
            if (names.isEmpty()) {
                names.add(plan.files().getFirst().path());
            }
            names.replaceAll(name -> "./" + name);
        }
        return names.stream().map(ByteText::bytes).toList();
    }
}
