package io.sluice.watcher.inotifytools;

/** How an event is shown: {@code --format}, {@code --csv} or {@code --json}. */
@FunctionalInterface
interface EventText {
    /** The text with all that ends it, one character per byte; empty if nothing is to be shown. */
    String of(ToolEvent event);
}
