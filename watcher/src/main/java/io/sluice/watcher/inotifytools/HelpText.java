package io.sluice.watcher.inotifytools;

/** What {@code --help} says. */
final class HelpText {
    /** In the texts, the command's name. */
    private static final String NAME = "NAME";

    private static final String WAIT = """
        NAME: waits for changes to files and tells them; options, output and exit codes of inotify-tools.
        Usage: NAME [OPTION]... FILE...

          -m, --monitor          go on after the first event
          -d, --daemon           the same, in the background (needs -o; messages go to the system's log)
          -r, --recursive        watch directories with all below them, new ones too (with -m)
          -P, --no-dereference   watch symbolic links themselves
          -e, --event EVENT,...  only these events; may be given again (default: all)
          -t, --timeout SECONDS  end when no event came for so long (0: never)
          -q, --quiet            events only; twice: not even those
          -o, --outfile FILE     append events to FILE
          -s, --syslog           messages go to the system's log
          -c, --csv              events as comma-separated values
              --json             events as JSON objects, one a line
              --format FORMAT    events like this: %w watched  %f name in it  %e events  %Xe events, with X
                                 between them  %T time  %c cookie of a rename  %0 NUL  %n newline
              --no-newline       nothing after the format
              --timefmt FORMAT   what %T is, as for strftime(3)
        """;

    private static final String WATCH = """
        NAME: counts what happens to files and shows a table; options, output and exit codes of inotify-tools.
        Usage: NAME [OPTION]... FILE...
        Counts until SIGINT, SIGTERM or SIGHUP comes; SIGUSR1 shows the table meanwhile.

          -t, --timeout SECONDS  count for so long
          -r, --recursive        watch directories with all below them, new ones too
          -P, --no-dereference   watch symbolic links themselves
          -e, --event EVENT,...  only these events; may be given again (default: all)
          -a, --ascending KEY    rows in the order of an event's count, or of the total
          -d, --descending KEY   the same, the largest first (default: total)
          -z, --zero             rows and columns without a count too
          -v, --verbose          tell more
        """;

    private static final String SELECTION = """
          -I, --inotify          watch by inotify
          -F, --fanotify         watch by fanotify, which needs root: no limit of watches, no gaps with -r
          -S, --filesystem       tell all that happens on the file systems that FILEs are on, by fanotify
              @FILE              leave this directory out (with -r)
              --fromfile FILE    names to watch, and @names, a line each; -: standard input
              --exclude REGEX    no events of names that match the POSIX extended regular expression
              --excludei REGEX   the same, whatever the case of letters
              --include REGEX    only events of names that match
              --includei REGEX   the same, whatever the case of letters
          -h, --help             show this
        """;

    private static final String EVENTS = """

        Events: access, modify, attrib, close_write, close_nowrite, close (either), open, moved_from, moved_to,
        move (either), move_self, create, delete, delete_self, unmount.
        """;

    private static final String WAIT_CODES = """

        Exit code: 0 an event came that was asked for; 1 another one came, or something went wrong;
        2 none came in time.
        """;

    private HelpText() {}

    static String wait(String program) {
        return WAIT.replace(NAME, program) + SELECTION + EVENTS + WAIT_CODES;
    }

    static String watch(String program) {
        return WATCH.replace(NAME, program) + SELECTION + EVENTS;
    }
}
