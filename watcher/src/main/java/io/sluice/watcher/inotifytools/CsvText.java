package io.sluice.watcher.inotifytools;

/** {@code --csv}: what is watched, events, name; what holds a separator, or has a space at an end, in quotes. */
final class CsvText implements EventText {
    @Override
    public String of(ToolEvent event) {
        String watched = event.watched().isEmpty() ? "" : quoted(event.watched()) + ",";
        return watched + quoted(EventNames.of(event.mask(), ',')) + "," + quoted(event.name()) + "\n";
    }

    private static String quoted(String text) {
        boolean plain = text.indexOf('"') < 0
                && text.indexOf(',') < 0
                && text.indexOf('\n') < 0
                && !text.startsWith(" ")
                && !text.endsWith(" ");
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
