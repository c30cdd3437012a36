package io.sluice.watcher.inotifytools;

/** What of the kernel a command watches by, with the words for it in messages. */
enum Backend {
    INOTIFY("inotify", "instances", "watches"),
    FANOTIFY("fanotify", "groups", "marks"),
    /** Fanotify too, and all that happens on the file systems of what is named is told. */
    FILE_SYSTEM("fanotify", "groups", "marks");

    private final String text;
    private final String users;
    private final String watches;

    Backend(String text, String users, String watches) {
        this.text = text;
        this.users = users;
        this.watches = watches;
    }

    /** That of a program when nothing else is asked for. */
    static Backend of(String program) {
        return program.startsWith("fs") ? FANOTIFY : INOTIFY;
    }

    String text() {
        return text;
    }

    /** What a user may have so many of that others ask the kernel for events by. */
    String users() {
        return users;
    }

    /** What a user may have so many of that files are watched by. */
    String watches() {
        return watches;
    }
}
