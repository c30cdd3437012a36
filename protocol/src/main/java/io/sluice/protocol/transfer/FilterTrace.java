package io.sluice.protocol.transfer;

import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.DebugItem;

/** What {@code --debug=FILTER} tells: which rule decided about a path ({@code [sender] hiding file a.o because of pattern *.o}), and whose rules count. */
final class FilterTrace implements FilterScope.Witness {
    private static final int RULES = 2;

    private final DebugVoice voice;
    private final boolean directories;

    private FilterTrace(DebugVoice voice) {
        this.voice = voice;
        this.directories = voice.level(DebugItem.FILTER) >= RULES;
    }

    /** Lets it hear of {@code scope} if somebody wants to know. */
    static void attach(FilterScope scope, DebugVoice voice) {
        if (voice.level(DebugItem.FILTER) > 0) {
            scope.reportTo(new FilterTrace(voice));
        }
    }

    /** Rules have come from the client. */
    static void received(FilterList rules, DebugVoice voice) {
        int level = voice.level(DebugItem.FILTER);
        if (level == 0) {
            return;
        }
        for (byte[] rule : rules.lines()) {
            byte last = rule.length == 0 ? 0 : rule[rule.length - 1];
            boolean blank = last == ' ' || last == '\t';
            if (blank || level >= RULES) {
                String caution = blank ? " -- CAUTION: trailing whitespace!" : "";
                voice.tellAs(Text.of("add_rule(").add(rule).add(")" + caution));
            }
        }
    }

    @Override
    public void decided(byte[] path, boolean directory, boolean include, byte[] why) {
        boolean sender = voice.role().equals("sender");
        String action = sender ? (include ? "showing" : "hiding") : (include ? "risking" : "protecting");
        voice.tellAs(Text.of(action + (directory ? " directory " : " file "))
                .add(path)
                .add(" because of ")
                .add(why));
    }

    @Override
    public void entered(byte[] directory) {
        if (directories) {
            voice.tellAs(Text.of("pushing local filters for /").add(directory).add(directory.length == 0 ? "" : "/"));
        }
    }

    @Override
    public void left() {
        if (directories) {
            voice.tellAs(Text.of("popping local filters"));
        }
    }
}
