package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same odd rsyncd.conf for both daemons, which read it anew for each connection, has to give the same modules and the same answers. The pieces
 * that it is made of are those that a parser could understand in another way; each answer tells something that one of them decides.
 */
@NeedsRsync
class ConfigurationIT {
    private static final long SEED = 20_261_121;
    private static final int CONFIGURATIONS = 60;
    private static final int PIECES = 9;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String GREETING = "@RSYNCD: 32.0 sha512 md5\n";
    private static final List<String> MODULES =
            List.of("m", "dup", "DUP", "spaced name", "renamed", "sub", "one", "two", "ends", "nowhere");

    private static final List<String> PARAMETERS = List.of(
            "comment = plain",
            "comment = \\\n   begins on the next line",
            "comment = goes on \\\n  and on",
            "Com Ment=%HOME% %NOPE% %% %Home",
            "comment = a # b ; c",
            "comment =",
            "no value here",
            "nonsense = 4",
            "list = FALSE",
            "list = perhaps",
            "list = Y e s",
            "max connections = -1",
            "max connections = 7x",
            "max connections = none",
            "path = @TREE@/",
            "path = @TREE@",
            "path = @TREE@/none",
            "path =",
            "hosts deny = 127.0.0.0/8",
            "hosts deny = 127.0.0.1/255.0.0.0, 10.0.0.1",
            "hosts deny = 127.0.0.1/33 127.0.0.1/x ::1",
            "hosts allow = 10.0.0.0/8",
            "hosts allow = 127.0.0.2/31",
            "hosts allow = LOCALHOST",
            "hosts allow = local*",
            "reverse lookup = no",
            "forward lookup = no",
            "auth users = joe",
            "name = renamed",
            "port = 99",
            "uid = no-such-user",
            "gid = no-such-group",
            "; comment \\",
            "# comment",
            "\\",
            "\r");

    private static final List<String> STRUCTURE = List.of(
            "[m]",
            "[dup]",
            "[D UP]",
            "[ spaced   name ] and more",
            "[sp\\\naced name]",
            "[global]",
            "[Glo Bal]",
            "&include @SHARED@/sub.conf",
            "&INCLUDE = @SHARED@/d",
            "&merge @SHARED@/d",
            "&merge @SHARED@/ends.inc",
            "&include");

    private static final List<String> FATAL =
            List.of("[a/b]", "[half", "[]", "= x", "&bogus x", "&include @SHARED@/none", "& merge x");

    @TempDir
    Path directory;

    @Test
    void understandsAnyConfigurationAsRsyncDoes() throws IOException {
        writeShared();
        try (DaemonProcess rsync = DaemonProcess.start(Program.RSYNC, directory.resolve("rsync"), "");
                DaemonProcess sluice = DaemonProcess.start(Program.SLUICE, directory.resolve("sluice"), "")) {
            Random random = new Random(SEED);
            int served = 0;
            for (int i = 0; i < CONFIGURATIONS; i++) {
                String configuration = configuration(random);
                Files.writeString(directory.resolve("rsync/rsyncd.conf"), ours("rsync", configuration));
                Files.writeString(directory.resolve("sluice/rsyncd.conf"), ours("sluice", configuration));
                List<String> expected = ask(rsync, "#list");
                if (expected.isEmpty()) { // it makes no sense to rsync
                    int before = sluice.log().length();
                    ask(sluice, "#list");
                    assertThat(sluice.log().substring(before))
                            .as(configuration)
                            .contains("configuration is kept as it was: ");
                    continue;
                }
                served++;
                assertThat(ask(sluice, "#list")).as(configuration).isEqualTo(expected);
                for (String module : MODULES) {
                    assertThat(ask(sluice, module))
                            .as("%s of %s", module, configuration)
                            .isEqualTo(ask(rsync, module));
                }
            }
            assertThat(served).isBetween(CONFIGURATIONS / 2, CONFIGURATIONS - 1);
        }
    }

    private void writeShared() throws IOException {
        Files.createDirectories(directory.resolve("shared/d"));
        Files.createDirectories(directory.resolve("tree"));
        Files.writeString(directory.resolve("shared/sub.conf"), expand("comment = of sub\n[sub]\npath = @TREE@\n"));
        Files.writeString(directory.resolve("shared/d/b.conf"), expand("[two]\npath = @TREE@\n"));
        Files.writeString(directory.resolve("shared/d/A.conf"), expand("comment = of A\n[one]\npath = @TREE@\n"));
        Files.writeString(directory.resolve("shared/d/x.inc"), "comment = merged\n");
        Files.writeString(directory.resolve("shared/d/none.txt"), "[half");
        Files.writeString(directory.resolve("shared/ends.inc"), expand("list = yes\n[ends]\npath = @TREE@\n"));
    }

    private String expand(String text) {
        return text.replace("@SHARED@", directory + "/shared").replace("@TREE@", directory + "/tree");
    }

    private String ours(String home, String configuration) {
        return "use chroot = no\nlog file = " + directory.resolve(home) + "/log\nlock file = " + directory.resolve(home)
                + "/lock\n" + configuration;
    }

    private String configuration(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            lines.add(Seeds.pick(random, random.nextInt(3) == 0 ? STRUCTURE : PARAMETERS));
        }
        lines.add(Seeds.pick(random, STRUCTURE));
        lines.add("path = @TREE@");
        lines.add(Seeds.pick(random, PARAMETERS));
        if (random.nextInt(5) == 0) {
            lines.add(random.nextInt(lines.size()), Seeds.pick(random, FATAL));
        }
        return expand(String.join("\n", lines) + (random.nextBoolean() ? "\n" : ""));
    }

    /** What a daemon says to a request, without what differs each time; nothing if it does not greet. */
    private static List<String> ask(DaemonProcess daemon, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            if (in.readLine() == null) {
                return List.of();
            }
            socket.getOutputStream().write((GREETING + request + "\n").getBytes(ISO_8859_1));
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line.replaceFirst("^(@RSYNCD: AUTHREQD).*", "$1"));
                if (line.startsWith("@RSYNCD:") || line.startsWith("@ERROR")) {
                    break;
                }
            }
            return lines;
        }
    }
}
