package io.sluice.watcher.inotifytools;

import java.util.Optional;

/**
 * What a command line of {@code inotifywait} asks for.
 *
 * @param common what to watch, how, and for which events
 * @param monitor goes on after the first event
 * @param quiet how often {@code -q} is given
 * @param style what events look like
 * @param outFile instead of standard output
 * @param syslog what is wrong goes to the system's log
 * @param background {@code --daemon}
 * @param warnings for standard error, each with a newline; empty: none
 */
record WaitSettings(
        CommonSettings common,
        boolean monitor,
        int quiet,
        Style style,
        Optional<String> outFile,
        boolean syslog,
        boolean background,
        String warnings) {
    /** {@code --csv}, {@code --json} or {@code --format}, which is the style of nothing given too. */
    sealed interface Style {}

    record Csv() implements Style {}

    record Json() implements Style {}

    /**
     * @param format with all that ends an event
     * @param timeFormat what {@code %T} is; empty: not given
     */
    record Format(String format, Optional<String> timeFormat) implements Style {}
}
