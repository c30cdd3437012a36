package io.sluice.daemon;

/** What {@code --daemon --help} prints. */
final class DaemonHelp {
    static final String TEXT = """
            Serves the modules of an rsyncd.conf by the rsync protocol.

            Usage: sluice daemon [OPTION]...   or   rsync --daemon [OPTION]...
            --address=ADDRESS        listen on this address alone
            --bwlimit=RATE           accepted
            --config=FILE            read this file instead of /etc/rsyncd.conf
            --dparam=NAME=VALUE, -M  set a global parameter, behind those of the file
            --no-detach              stay in the foreground
            --port=PORT              listen on this port instead of 873
            --log-file=FILE          the same as --dparam=logfile=FILE
            --log-file-format=FMT    the same as --dparam=logformat=FMT
            --sockopts=OPTIONS       the same as --dparam=socketoptions=OPTIONS
            --verbose, -v            accepted
            --ipv4, -4               listen on IPv4 addresses
            --ipv6, -6               listen on IPv6 addresses
            --help, -h               this text

            With a socket as its standard input (inetd, or RSYNC_CONNECT_PROG) it serves that one connection and ends.
            """;

    private DaemonHelp() {}
}
