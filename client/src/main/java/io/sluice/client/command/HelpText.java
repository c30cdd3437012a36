package io.sluice.client.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What {@code --help}, {@code --info=help} and {@code --debug=help} say. The lists are resources, read when somebody asks. */
public final class HelpText {
    private static final String HEADER = """
            Copies files: on this machine, to and from hosts behind a remote shell, and to and from rsync daemons.
            Of a file that is there already, only the differences travel.

            Usage: rsync [OPTION]... SRC [SRC]... DEST
              or   rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST
              or   rsync [OPTION]... SRC [SRC]... [USER@]HOST::DEST
              or   rsync [OPTION]... SRC [SRC]... rsync://[USER@]HOST[:PORT]/DEST
              or   rsync [OPTION]... [USER@]HOST:SRC [DEST]
              or   rsync [OPTION]... [USER@]HOST::SRC [DEST]
              or   rsync [OPTION]... rsync://[USER@]HOST[:PORT]/SRC [DEST]
            One colon is for a remote shell; two, or rsync://, are for a daemon, where the path begins with a module.
            rsyncs:// is for a daemon by TLS.

            Options
            """;

    private static final String FOOTER = """

            Sluice's own options
            --json                   tell all that happens as events: a JSON object a line (schema: client/JSON.md)
            --detect-renamed         build new files on files that the sender has no more (receiving side; -M for a server)
            --tls                    reach the daemon by TLS, as rsyncs:// does (port 874)
            --tls-ca=FILE            authorities whose certificates daemons may have (PEM)
            --tls-cert=FILE          our certificate, for a daemon that wants one (PEM)
            --tls-key=FILE           its key (PEM; default: in the same file)
            --connections=NUM        transfer with up to NUM connections to a daemon at the same time

            A daemon has options of its own: rsync --daemon --help
            """;

    private HelpText() {}

    /** The text of {@code --help}. */
    public static String usage() {
        return VersionText.head() + "\n" + HEADER + resource("options.txt") + FOOTER;
    }

    /** The text of {@code --info=help}. */
    public static String info() {
        return resource("info.txt");
    }

    /** The text of {@code --debug=help}. */
    public static String debug() {
        return resource("debug.txt");
    }

    private static String resource(String name) {
        try (InputStream text = HelpText.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name + ": not in this build");
            }
            return new String(text.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
