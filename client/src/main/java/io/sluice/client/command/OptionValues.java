package io.sluice.client.command;

import io.sluice.client.command.Numbers.Bounds;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.BasisOptions;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.RuleArgument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the options of one command line set so far, in the order they were given. Texts hold one character per byte. */
final class OptionValues {
    private static final long MAX_BLOCK_SIZE = 1 << 17;
    private static final int ARCHIVE_RECURSE = 1;

    private final Map<Setting, Integer> numbers = new EnumMap<>(Setting.class);
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
    private final List<RuleArgument> filters = new ArrayList<>();
    private final List<String> chmod = new ArrayList<>();
    private final LevelWords<InfoItem> info = new LevelWords<>("--info", InfoItem.values(), InfoItem::of);
    private final LevelWords<DebugItem> debug = new LevelWords<>("--debug", DebugItem.values(), DebugItem::of);
    private OptionalLong maxSize = OptionalLong.empty();
    private OptionalLong minSize = OptionalLong.empty();
    private OptionalInt blockSize = OptionalInt.empty();
    private long bandwidth;
    private int perDirectoryRules;
    private long stopAt;
    private long maxAllocation;
    private String maxAllocationText = "";
    private final List<String> remoteOptions = new ArrayList<>();
    /** What several options set together, in their order. */
    private final OptionDraft owners = new OptionDraft();

    int number(Setting setting) {
        return numbers.getOrDefault(setting, setting.initial());
    }

    boolean isSet(Setting setting) {
        return number(setting) > 0;
    }

    @Nullable
    String text(Setting setting) {
        return texts.get(setting);
    }

    List<RuleArgument> filters() {
        return filters;
    }

    List<String> chmod() {
        return chmod;
    }

    LevelWords<InfoItem> info() {
        return info;
    }

    LevelWords<DebugItem> debug() {
        return debug;
    }

    OptionalLong maxSize() {
        return maxSize;
    }

    OptionalLong minSize() {
        return minSize;
    }

    OptionalInt blockSize() {
        return blockSize;
    }

    /** Bytes per second; 0: no limit. */
    long bandwidth() {
        return bandwidth;
    }

    /** Seconds since 1970; 0: never. */
    long stopAt() {
        return stopAt;
    }

    /** Bytes; 0: rsync's default. */
    long maxAllocation() {
        return maxAllocation;
    }

    /** As it was written. */
    String maxAllocationText() {
        return maxAllocationText;
    }

    /** {@code -M}, each with its dashes. */
    List<String> remoteOptions() {
        return remoteOptions;
    }

    /** A draft with the owner maps and basis directories that were given, and nothing else. */
    OptionDraft begun() {
        return owners;
    }

    void put(Setting setting, int value) {
        numbers.put(setting, value);
    }

    /** {@code --max-alloc}. */
    void limitAllocation(String size) throws UsageException {
        maxAllocation = Numbers.allocation(size);
        maxAllocationText = size;
    }

    /** Sets what no option has set. */
    void putDefault(Setting setting, String text) {
        texts.putIfAbsent(setting, text);
    }

    /**
     * Applies one option.
     *
     * @param shown the option as the user wrote it
     * @param argument empty if it takes none
     */
    void apply(Option option, String shown, String argument) throws UsageException {
        Setting setting = option.setting();
        switch (option.kind()) {
            case SET -> put(setting, option.value());
            case BIT -> put(setting, number(setting) | option.value());
            case COUNT -> put(setting, Math.max(0, number(setting)) + 1);
            case NUMBER -> put(setting, Numbers.integer(argument, shown));
            case TEXT -> texts.put(setting, argument);
            case ACTION -> act(option);
            case ACTION_TEXT -> act(option.name(), argument);
            case UNAVAILABLE, DAEMON -> throw unavailable(option);
        }
    }

    private static UsageException unavailable(Option option) {
        if (option.name().equals("crtimes")) { // nor has rsync on Linux
            return new UsageException("rsync: This rsync does not support --crtimes (-N)");
        }
        if (option.name().equals("sender")) { // a server's word
            return new UsageException(HelpText.usage().stripTrailing());
        }
        return UsageException.unavailable(option.name().isEmpty() ? "-" + option.letter() : "--" + option.name());
    }

    private void act(Option option) {
        switch (option.name().isEmpty() ? String.valueOf(option.letter()) : option.name()) {
            case "archive" -> archive();
            case "D" -> devicesAndSpecials(1);
            case "no-D" -> devicesAndSpecials(0);
            case "P" -> {
                put(Setting.PROGRESS, 1);
                put(Setting.PARTIAL, 1);
            }
            case "F" -> perDirectoryRules();
            case "old-compress" -> texts.put(Setting.COMPRESS_CHOICE, "zlib");
            case "new-compress" -> texts.put(Setting.COMPRESS_CHOICE, "zlibx");
            case "no-compress", "no-z" -> {
                put(Setting.COMPRESS, 0);
                texts.remove(Setting.COMPRESS_CHOICE);
            }
            case "no-bwlimit" -> bandwidth = 0;
            case "no-iconv" -> texts.put(Setting.ICONV, "-");
            case "acls" -> {
                put(Setting.ACLS, 1);
                put(Setting.PERMISSIONS, 1);
            }
            default -> throw new IllegalArgumentException("option: " + option + " (expected: one that is known here)");
        }
    }

    private void archive() {
        if (number(Setting.RECURSE) == 0) {
            put(Setting.RECURSE, ARCHIVE_RECURSE);
        }
        for (Setting setting :
                List.of(Setting.LINKS, Setting.PERMISSIONS, Setting.TIMES, Setting.GROUP, Setting.OWNER)) {
            put(setting, 1);
        }
        devicesAndSpecials(1);
    }

    private void devicesAndSpecials(int value) {
        put(Setting.DEVICES, value);
        put(Setting.SPECIALS, value);
    }

    private void perDirectoryRules() {
        perDirectoryRules++;
        if (perDirectoryRules <= 2) {
            String rule = perDirectoryRules == 1 ? ": /.rsync-filter" : "- .rsync-filter";
            filters.add(new RuleArgument(RuleArgument.Kind.FILTER, rule));
        }
    }

    private void act(String name, String argument) throws UsageException {
        switch (name) {
            case "info" -> info.add(argument);
            case "debug" -> debug.add(argument);
            case "stderr" -> stderr(argument);
            case "chmod" -> chmod.add(argument);
            case "compare-dest", "copy-dest", "link-dest", "usermap", "groupmap", "chown" -> together(name, argument);
            case "stop-after", "time-limit" -> stopAt = StopTime.after(argument, System.currentTimeMillis() / 1000);
            case "stop-at" -> stopAt = StopTime.at(argument, System.currentTimeMillis() / 1000);
            case "max-alloc" -> limitAllocation(argument);
            case "remote-option" -> {
                if (!argument.startsWith("-")) {
                    throw new UsageException("rsync: Remote option must start with a dash: " + argument);
                }
                remoteOptions.add(argument);
            }
            case "max-size" -> maxSize = OptionalLong.of(Numbers.size(argument, 'b', name, new Bounds(0, -1, false)));
            case "min-size" -> minSize = OptionalLong.of(Numbers.size(argument, 'b', name, new Bounds(0, -1, false)));
            case "block-size" -> {
                int size = (int) Numbers.size(argument, 'b', name, new Bounds(0, MAX_BLOCK_SIZE, false));
                blockSize = size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
            }
            case "bwlimit" -> {
                long kilobytes = (Numbers.size(argument, 'k', name, new Bounds(512, -1, true)) + 512) / 1024;
                bandwidth = Math.multiplyExact(Math.min(kilobytes, Long.MAX_VALUE / 1024), 1024L);
            }
            default ->
                filters.add(new RuleArgument(
                        RuleArgument.Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')), argument));
        }
    }

    private void together(String name, String argument) throws UsageException {
        try {
            switch (name) {
                case "compare-dest" -> owners.addBasis(BasisOptions.Kind.COMPARE, argument);
                case "copy-dest" -> owners.addBasis(BasisOptions.Kind.COPY, argument);
                case "link-dest" -> owners.addBasis(BasisOptions.Kind.LINK, argument);
                case "usermap" -> owners.addUserMap(argument);
                case "groupmap" -> owners.addGroupMap(argument);
                default -> owners.addChown(argument);
            }
        } catch (TransferException e) {
            throw new UsageException("rsync: " + e.getMessage());
        }
    }

    private void stderr(String mode) throws UsageException {
        boolean known =
                !mode.isEmpty() && ("errors".startsWith(mode) || "all".startsWith(mode) || "client".startsWith(mode));
        if (!known) {
            throw new UsageException("rsync: --stderr mode \"" + mode + "\" is not one of errors, all, or client");
        }
        put(Setting.STDERR_ALL, "all".startsWith(mode) ? 1 : "client".startsWith(mode) ? 0 : -1);
    }
}
