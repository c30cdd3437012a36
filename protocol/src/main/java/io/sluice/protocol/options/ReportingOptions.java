package io.sluice.protocol.options;

import java.util.Map;

/**
 * What the engine (and the peer, through the server's arguments) has to tell. How it is shown is the caller's affair.
 *
 * @param verbosity number of {@code -v}
 * @param quiet {@code -q}
 * @param itemize 0, 1 for {@code -i}, 2 for {@code -ii}: unchanged items too
 * @param outFormat what {@code --out-format} asks for
 * @param stats {@code --stats}
 * @param progress 0, 1 for {@code --progress}, 2 for {@code --info=progress2}
 * @param info the levels that {@code --info} set, 0 to {@link InfoItem#MAX_LEVEL}; without what {@code -v} implies
 * @param debug the levels that {@code --debug} set; without what {@code -v} implies
 */
public record ReportingOptions(
        int verbosity,
        boolean quiet,
        int itemize,
        OutFormat outFormat,
        boolean stats,
        int progress,
        Map<InfoItem, Integer> info,
        Map<DebugItem, Integer> debug) {
    /** Errors only. */
    public static final ReportingOptions DEFAULT =
            new ReportingOptions(0, false, 0, OutFormat.NONE, false, 0, Map.of());

    public ReportingOptions {
        info = Map.copyOf(info);
        debug = Map.copyOf(debug);
    }

    /** Without {@code --debug}. */
    public ReportingOptions(
            int verbosity,
            boolean quiet,
            int itemize,
            OutFormat outFormat,
            boolean stats,
            int progress,
            Map<InfoItem, Integer> info) {
        this(verbosity, quiet, itemize, outFormat, stats, progress, info, Map.of());
    }

    /** The part of {@code --out-format} that changes what has to be told. */
    public enum OutFormat {
        /** There is none. */
        NONE,
        /** There is one, so names are reported even without {@code -v}. */
        NAMES,
        /** It has {@code %o}: deletions are reported as items too. */
        OPERATION,
        /** It has {@code %i} (and maybe {@code %o}). */
        ITEM;

        /** Returns what {@code format} asks for. */
        public static OutFormat of(String format) {
            if (hasEscape(format, 'i')) {
                return ITEM;
            }
            return hasEscape(format, 'o') ? OPERATION : NAMES;
        }

        /** Returns true if {@code format} has {@code %escape}, with or without a width or quotes for digit grouping. */
        public static boolean hasEscape(String format, char escape) {
            for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', at)) {
                at++;
                if (at < format.length() && format.charAt(at) == '%') {
                    at++; // a percent sign that stands for itself
                    continue;
                }
                while (at < format.length() && "'-0123456789".indexOf(format.charAt(at)) >= 0) {
                    at++;
                }
                if (at < format.length() && format.charAt(at) == escape) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Returns the level of {@code item} that {@code --info}, {@code -v}, {@code --stats} and {@code --progress} amount to. */
    public int level(InfoItem item) {
        Integer explicit = info.get(item);
        if (explicit != null) {
            return explicit;
        }
        int implied = item.impliedLevel(verbosity);
        return switch (item) {
            case STATS -> stats ? (verbosity > 1 ? 3 : 2) : implied;
            case NAME -> namesShownByProgress() ? Math.max(1, implied) : implied;
            case FLIST -> progress > 0 ? 2 : implied;
            case PROGRESS -> progress;
            default -> implied;
        };
    }

    /** Returns the level of {@code item} that {@code --debug} and {@code -v} amount to. */
    public int level(DebugItem item) {
        Integer explicit = debug.get(item);
        return explicit != null ? explicit : item.impliedLevel(verbosity);
    }

    /** {@code --progress} names what it shows; {@code --info=progress} does not. */
    private boolean namesShownByProgress() {
        return progress > 0 && !info.containsKey(InfoItem.PROGRESS) && outFormat == OutFormat.NONE;
    }

    /** Returns 0 if nothing is itemized, 1 if changes are, 2 if unchanged items are too. */
    public int itemLevel() {
        return switch (outFormat) {
            case NONE -> Math.min(itemize, 2);
            case ITEM -> itemize > 1 ? 2 : 1;
            case NAMES, OPERATION -> 0;
        };
    }

    /** Returns true if deletions are reported as items. */
    public boolean reportsOperations() {
        return itemLevel() > 0 || outFormat == OutFormat.OPERATION;
    }
}
