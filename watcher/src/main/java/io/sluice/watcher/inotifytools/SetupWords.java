package io.sluice.watcher.inotifytools;

import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/** What is said when watching cannot begin: one or two lines, without the last newline. */
final class SetupWords {
    static final String NO_FILES = "No files specified to watch!";

    private static final String PRIVILEGE = "\nfanotify watch requires admin privileges";

    private SetupWords() {}

    /** The kernel gives no instance of what to watch by. */
    static String noInstance(Backend backend, IOException e) {
        return "Couldn't initialize " + backend.text() + ": " + EventSource.reason(e) + advice(backend, e);
    }

    private static String advice(Backend backend, IOException e) {
        if (isErrno(e, Errno.EMFILE)) {
            return "\nTry increasing the value of /proc/sys/fs/" + backend.text() + "/max_user_" + backend.users();
        }
        if (backend == Backend.INOTIFY) {
            return "";
        }
        if (isErrno(e, Errno.EINVAL)) {
            return "\nfanotify support for reporting the events with file names was added in kernel v5.9.";
        }
        return needsPrivilege(backend, e) ? PRIVILEGE : "";
    }

    private static boolean needsPrivilege(Backend backend, IOException e) {
        return backend != Backend.INOTIFY && isErrno(e, Errno.EPERM);
    }

    /** What is said instead of {@code otherwise} if there are too many watches already. */
    static String noWatch(Backend backend, String path, IOException e, String otherwise) {
        if (!isErrno(e, Errno.ENOSPC)) {
            String advice = needsPrivilege(backend, e) ? PRIVILEGE : "";
            return otherwise + path + ": " + EventSource.reason(e) + advice;
        }
        String name = backend.text();
        return "Failed to watch " + path + "; upper limit on " + name + " " + backend.watches() + " reached!\n"
                + "Please increase the amount of " + name + " " + backend.watches() + " allowed per user via"
                + " `/proc/sys/fs/" + name + "/max_user_" + backend.watches() + "'.";
    }

    /** The kernel's queue was full. */
    static String overflow(Backend backend, String consequence) {
        return "The queue of events was full, and some " + consequence + "; all new directories are watched."
                + "  (To make it longer: /proc/sys/fs/" + backend.text() + "/max_queued_events)";
    }

    private static boolean isErrno(IOException e, int errno) {
        return e instanceof SystemCallException call && call.errno() == errno;
    }
}
