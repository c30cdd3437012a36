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
 * @param effect what the transfer changes
 * @param listLinks listings show symlinks' targets
 * @param accessTimes listings show access times
 */
public record ReporterSettings(
        ReportingOptions reporting,
        @Nullable ItemFormat outFormat,
        @Nullable ItemFormat logFormat,
        NumberStyle style,
        Effect effect,
        boolean listLinks,
        boolean accessTimes) {
    /** What a transfer changes, with what the last line of its summary adds for it. */
    public enum Effect {
        FULL(""),
        /** {@code --only-write-batch}: only the batch. */
        BATCH_ONLY(" (BATCH ONLY)"),
        /** {@code -n}. */
        NONE(" (DRY RUN)");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        /** Returns what the summary adds. */
        String text() {
            return text;
        }
    }

    /** Whether nothing is changed at all. */
    public boolean dryRun() {
        return effect == Effect.NONE;
    }

    /** True if an item is shown when its content starts to flow. */
    boolean showsBeforeTransfer() {
        return outFormat != null && !outFormat.needsOutcome();
    }
}
