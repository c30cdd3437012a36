/**
 * Linux system calls as typed Java: directory handles and the calls relative to them, open files, directory reading,
 * inotify, fanotify, identity of a thread, users and groups. The only module with native access; it knows nothing of rsync.
 */
module io.sluice.linux {
    requires jdk.net; // options of sockets
    requires jdk.unsupported; // signals
    requires static transitive org.jspecify;

    exports io.sluice.linux;
}
