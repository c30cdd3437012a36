package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import java.util.ArrayList;
import java.util.List;

/** What {@code --debug=FILTER} tells of the user's own rules as they are read. */
final class RuleText {
    private static final int EACH = 2;

    private RuleText() {}

    /** Of each rule; rsync reads them before {@code -v} counts, so that only {@code --debug} itself asks for it. */
    static List<byte[]> of(FilterList rules, ReportingOptions reporting) {
        List<byte[]> lines = new ArrayList<>();
        if (reporting.debug().getOrDefault(DebugItem.FILTER, 0) >= EACH) {
            rules.lines().forEach(rule -> lines.add(line(rule, "")));
        }
        return lines;
    }

    /** Of a rule that ends in white space, which may not be meant. */
    static List<byte[]> ofDoubtful(byte[] rule, ReportingOptions reporting) {
        return reporting.level(DebugItem.FILTER) > 0
                ? List.of(line(rule, " -- CAUTION: trailing whitespace!"))
                : List.of();
    }

    private static byte[] line(byte[] rule, String addition) {
        return ByteText.bytes("[client] add_rule(" + ByteText.of(rule) + ")" + addition);
    }
}
