package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.session.ChallengeResponse;
import io.sluice.protocol.session.DigestType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both daemons are asked the same, by the same bytes on a socket: what they answer, and what they log, must be the same. So that equal does not mean
 * that nothing worked, the users who must get in are counted.
 */
class AuthenticationIT {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String ALL = "32.0 sha512 sha256 sha1 md5 md4";

    private static final List<String> USER_LINES = List.of(
            "joe",
            "JOE",
            "ann joe",
            "joe:deny *",
            "joe:DENY, *",
            "*, joe:deny",
            "joe:x ann:",
            "j?e [ab]nn",
            ", joe , ann",
            ", ann joe",
            ",",
            "@GROUP",
            "@GR*:ro joe",
            "@GROUP:deny ME joe",
            "ME @GROUP",
            ", @Some Group:deny, joe",
            "@nosuch, @GROUP");

    /** Users and their passwords; a user may have several lines, of which only the first counts. */
    private static final List<String> LOGINS = List.of(
            "joe right",
            "joe second",
            "joe ",
            "ann pass:word",
            "ann",
            "nosuch right",
            "#hash right",
            "@GROUP shared",
            "ME own",
            "ME shared",
            "ME right",
            " right",
            "joe\u00FF right");

    private static final List<String> GREETINGS = List.of(
            ALL,
            "32.0 sha256",
            "32.0 SHA1 foo",
            "31.0 md5 md4",
            "32.0 md4",
            "31.0",
            "30.0",
            "29",
            "28.0",
            "32.0 foo bar");

    private static final List<String> FLOORS = List.of("sha512", "SHA256", "sha1", "md5", "md4", "no-such");

    @TempDir
    Path directory;

    private String user = "";
    private String group = "";

    @BeforeEach
    void whoWeAre() throws Exception {
        user = System.getProperty("user.name");
        group = Processes.run(List.of("id", "-gn"), directory).out().strip();
    }

    @Test
    void usersAndRulesMeanTheSame() throws Exception {
        Map<String, String> ours = compare(this::rules);
        assertThat(ours.values().stream().filter(said -> said.startsWith("@RSYNCD: OK")))
                .hasSizeGreaterThan(USER_LINES.size());
    }

    @Test
    void secretsThatCannotBeUsedAreToldInTheLogOnly() throws Exception {
        Map<String, String> ours = compare(this::secrets);
        assertThat(ours.values().stream()
                        .map(said -> said.lines().findFirst().orElseThrow().replaceAll(" \\S+$", "")))
                .containsOnly("@RSYNCD:", "@ERROR: auth failed on module");
    }

    @Test
    void digestsAndTheWeakestThatIsAllowedMeanTheSame() throws Exception {
        Map<String, String> ours = compare(this::digests);
        assertThat(ours.values().stream().filter(said -> said.startsWith("@RSYNCD: OK")))
                .hasSizeGreaterThan(GREETINGS.size());
    }

    private interface Questions {
        void ask(Home home, Map<String, String> answers) throws Exception;
    }

    private Map<String, String> compare(Questions questions) throws Exception {
        Map<String, String> ours = observe(Program.SLUICE, questions);
        Map<String, String> theirs = observe(Program.RSYNC, questions);
        assertThat(ours.keySet()).containsExactlyElementsOf(theirs.keySet());
        ours.forEach((asked, said) -> assertThat(said).as(asked).isEqualTo(theirs.get(asked)));
        return ours;
    }

    private Map<String, String> observe(Program program, Questions questions) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        questions.ask(new Home(program, Files.createDirectories(directory.resolve(program.name()))), answers);
        return answers;
    }

    private record Home(Program program, Path path) {
        String log() throws IOException {
            Path log = path.resolve("log");
            return Files.exists(log) ? Files.readString(log, ISO_8859_1) : "";
        }
    }

    private void rules(Home home, Map<String, String> answers) throws Exception {
        StringBuilder modules = new StringBuilder();
        for (int i = 0; i < USER_LINES.size(); i++) {
            modules.append("[m").append(i).append("]\npath = @HOME@\nsecrets file = @HOME@/people\nauth users = ");
            modules.append(named(USER_LINES.get(i))).append('\n');
        }
        people(home, "people", "rw-------");
        try (DaemonProcess daemon = DaemonProcess.start(home.program, home.path, modules.toString())) {
            for (int i = 0; i < USER_LINES.size(); i++) {
                for (String login : LOGINS) {
                    answers.put(USER_LINES.get(i) + " | " + login, ask(home, daemon, ALL, "m" + i, named(login)));
                }
            }
        }
    }

    private void secrets(Home home, Map<String, String> answers) throws Exception {
        people(home, "closed", "rw-------");
        people(home, "group", "rw-r-----");
        people(home, "readable", "rw----r--");
        people(home, "writable", "rw-----w-");
        people(home, "executable", "rw------x");
        Files.createDirectory(home.path.resolve("directory"));
        StringBuilder modules = new StringBuilder("[none]\npath = @HOME@\nauth users = *\n");
        List<String> names = new ArrayList<>(List.of("none"));
        for (String file : List.of("closed", "group", "readable", "writable", "executable", "missing", "directory")) {
            for (String strict : List.of("yes", "no")) {
                names.add(file + "-" + strict);
                modules.append("[").append(names.getLast()).append("]\npath = @HOME@\nauth users = *\n");
                modules.append("secrets file = @HOME@/")
                        .append(file)
                        .append("\nstrict modes = ")
                        .append(strict);
                modules.append('\n');
            }
        }
        try (DaemonProcess daemon = DaemonProcess.start(home.program, home.path, modules.toString())) {
            for (String name : names) {
                for (String login : List.of("joe right", "joe wrong", "nosuch right")) {
                    answers.put(name + " | " + login, ask(home, daemon, ALL, name, login));
                }
            }
        }
    }

    private void digests(Home home, Map<String, String> answers) throws Exception {
        people(home, "people", "rw-------");
        StringBuilder modules =
                new StringBuilder("auth users = joe\nsecrets file = @HOME@/people\n[any]\npath = @HOME@\n");
        for (String floor : FLOORS) {
            modules.append("[")
                    .append(floor)
                    .append("]\npath = @HOME@\nauth digest = ")
                    .append(floor)
                    .append('\n');
        }
        List<String> names = new ArrayList<>(List.of("any"));
        names.addAll(FLOORS);
        try (DaemonProcess daemon = DaemonProcess.start(home.program, home.path, modules.toString())) {
            for (String name : names) {
                for (String greeting : GREETINGS) {
                    answers.put(name + " | " + greeting, ask(home, daemon, greeting, name, "joe right"));
                }
            }
        }
    }

    /** What is said to one who logs in, and what is logged of it. */
    private static String ask(Home home, DaemonProcess daemon, String greeting, String module, String login)
            throws IOException {
        int before = home.log().length();
        StringBuilder said = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            line(socket.getInputStream());
            say(socket, "@RSYNCD: " + greeting + "\n" + module + "\n");
            String line = line(socket.getInputStream());
            String required = "@RSYNCD: AUTHREQD ";
            if (line.startsWith(required)) {
                int space = login.indexOf(' ');
                String response = space < 0
                        ? login
                        : login.substring(0, space) + " "
                                + response(greeting, login.substring(space + 1), line.substring(required.length()));
                say(socket, response + "\n");
                line = line(socket.getInputStream());
            }
            said.append(line).append('\n');
        }
        return said
                + home.log()
                        .substring(before)
                        .lines()
                        .map(line -> line.replaceFirst("^\\S+ \\S+ \\[\\d+\\] ", ""))
                        .filter(line -> line.contains("auth") || line.contains("secret"))
                        .map(line -> line.replaceAll("[\\u0080-\\uFFFF]+", "?"))
                        .collect(Collectors.joining("\n"));
    }

    private static String response(String greeting, String password, String challenge) {
        return ChallengeResponse.respond(digest(greeting), password.getBytes(ISO_8859_1), challenge);
    }

    /** Chosen by a table, not by the code that is compared. */
    private static DigestType digest(String greeting) {
        return switch (greeting) {
            case ALL -> DigestType.SHA512;
            case "32.0 sha256" -> DigestType.SHA256;
            case "32.0 SHA1 foo" -> DigestType.SHA1;
            case "31.0 md5 md4", "31.0", "30.0" -> DigestType.MD5;
            case "32.0 md4" -> DigestType.MD4;
            default -> DigestType.MD4_SEEDED;
        };
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private String named(String text) {
        return text.replace("GROUP", group)
                .replace("@GR*", "@" + group.charAt(0) + "*")
                .replace("ME", user);
    }

    private void people(Home home, String name, String permissions) throws IOException {
        Path file = home.path.resolve(name);
        String secrets = "# comment\n#hash:right\njoe:right\n\njoe:second\nann:pass:word\n" + user + ":own\n@" + group
                + ":shared\njoe\u00FF:right\n";
        Files.write(file, secrets.getBytes(ISO_8859_1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
