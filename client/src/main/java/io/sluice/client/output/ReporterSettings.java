package io.sluice.client.output;

import io.sluice.protocol.options.ReportingOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Reporter} shows.
 *
 * @param reporting how much of what
 * @param outFormat how items are shown; null: not at all
 * @param logFormat how items are logged; null: not at all
 * @param style how numbers are shown
 * @param dryRun {@code -n}
 * @param listLinks listings show symlinks' targets
 * @param accessTimes listings show access times
 */
public record ReporterSettings(
        ReportingOptions reporting,
        @Nullable ItemFormat outFormat,
        @Nullable ItemFormat logFormat,
        NumberStyle style,
        boolean dryRun,
        boolean listLinks,
        boolean accessTimes) {
    /** True if an item is shown when its content starts to flow. */
    boolean showsBeforeTransfer() {
        return outFormat != null && !outFormat.needsOutcome();
    }
}
