package io.sluice.daemon;

/** What {@code --daemon --help} prints. */
final class DaemonHelp {
    static final String TEXT = """
            Serves the modules of an rsyncd.conf by the rsync protocol.

            Usage: sluice daemon [OPTION]...   or   rsync --daemon [OPTION]...
            --address=ADDRESS        listen on this address alone
            --bwlimit=RATE           at most so many KiB a second for each connection
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
            --check=FILE             tell all that is wrong with this configuration, and end: with 1 if it would not work
            --help, -h               this text

            Parameters of rsyncd.conf that the original does not have, before the first module:
            tls certificate = FILE   listen for TLS 1.3 too, with this certificate (PEM; those of its authorities after it)
            tls key = FILE           its key (PEM, closed to others; default: in the same file)
            tls port = PORT          listen for TLS on this port instead of 874
            tls address = ADDRESS    and on this address instead of that of the plain port
            tls client ca = FILE     clients must have a certificate of one of these authorities (PEM)
            Files that change count for the next connection. 'sluice tls init' makes them.
            auth users = tls:NAME    in a module: lets in, without a password, clients whose certificate has this common name;
                                     wildcards, :ro, :rw and :deny as for users
            metrics address = HOST:PORT   before the first module: metrics for Prometheus by HTTP (HOST: this machine alone if left out)
            landlock = yes           in a module: the kernel too keeps a transfer's threads from opening what is outside of it

            With a socket as its standard input (inetd, or RSYNC_CONNECT_PROG) it serves that one connection and ends.
            """;

    private DaemonHelp() {}
}
