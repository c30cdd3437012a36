package io.sluice.app;

/** What {@code sluice help} prints. */
final class Help {
    static final String VERSION = "0.1.0";

    static final String TEXT = """
        Sluice publishes a directory tree to many nodes the moment it changes, over the rsync protocol.

        Usage: sluice COMMAND [ARGUMENT...]

          rsync    a drop-in rsync: push, pull or list
          daemon   a drop-in rsync --daemon: serves the modules of an rsyncd.conf
          mirror   watches a tree and pushes each change to every replica
          verify   compares the replicas of a mirror with their source, by checksum
          doctor   looks at what a mirror needs, here and at its replicas, and says what to do
          inotifywait, inotifywatch, fsnotifywait, fsnotifywatch
                   drop-in inotify-tools: tell or count what happens to files
          status   shows how a mirror stands
          watch    tells what changes in a directory, here or where a mirror watches it
          tls      makes certificates for daemons and clients of one's own
          demo     shows all three on this machine
          help     this text

        'sluice COMMAND --help' tells more.
        """;

    private Help() {}
}
