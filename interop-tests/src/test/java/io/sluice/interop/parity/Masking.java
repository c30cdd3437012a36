package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Hides what differs between any two runs: where and when they are, their process numbers and ports; and which of the modules it is. */
record Masking(String home, int port, long beginSecond) {
    private static final Pattern STAMP = Pattern.compile("\\d{4}/\\d\\d/\\d\\d[ -]\\d\\d:\\d\\d:\\d\\d( \\[\\d+\\])?");
    /** rsync tells a line of its source there. */
    private static final Pattern PLACE = Pattern.compile("\\) at \\S+ \\[(\\w+)(=[\\d.]+)?\\]");

    private static final Pattern RATE = Pattern.compile("[\\d,.]+ (bytes/sec|seconds)");
    /** How much was sent depends on how it was cut into messages. */
    private static final Pattern SENT = Pattern.compile("^(.*sent )[\\d,]+( bytes  received )[\\d,]+( bytes  .*)$");

    private static final Pattern TRAFFIC =
            Pattern.compile("(File list size|Total bytes sent|Total bytes received): [\\d,]+");
    private static final Pattern PROCESS = Pattern.compile("pid=\\d+");
    private static final Pattern MODULE = Pattern.compile("\\bmod\\d+\\b");
    private static final Pattern SPEED = Pattern.compile("speedup is [\\d.,]+");
    /** A client may leave before it has read all: whether the daemon notices is a matter of time, and this is how it ends then. */
    private static final Pattern GONE = Pattern.compile(
            "safe_(write|read) failed to |read error: Connection reset|write error: (Broken pipe|Connection reset)");

    private static final String ACCEPTED = "@RSYNCD: OK\n";
    private static final Pattern TEXT = Pattern.compile("[ -~]{8,}");
    private static final Pattern BROKEN = Pattern.compile("^STAMP rsync error: .* \\(code 1[02]\\)");
    private static final Pattern CHALLENGE = Pattern.compile("^(@RSYNCD: AUTHREQD) \\S+$");
    private static final Pattern TEMPORARY = Pattern.compile("(\\.[^/ \"]+)\\.[A-Za-z0-9]{6}(?=[\" ]|$)");
    private static final Pattern MTIME = Pattern.compile("mtime=(\\d+)\\.\\d+");

    /** Lines of a log. */
    List<String> log(String text) {
        List<String> kept = new ArrayList<>();
        boolean gone = false;
        for (String line : lines(text)) {
            boolean now = GONE.matcher(line).find();
            if (!now && !(gone && BROKEN.matcher(line).find())) {
                kept.add(line);
            }
            gone = now;
        }
        return kept;
    }

    List<String> lines(String text) {
        return text.lines().map(this::line).toList();
    }

    String line(String text) {
        String line = text.replace(home, "HOME");
        line = line.replaceAll("(?<!\\d)" + port + "(?!\\d)", "PORT"); // not within a longer number
        line = MODULE.matcher(line).replaceAll("MOD");
        line = STAMP.matcher(line).replaceAll("STAMP");
        line = PLACE.matcher(line).replaceAll(") at PLACE [$1]");
        line = RATE.matcher(line).replaceAll("N $1");
        line = TEMPORARY.matcher(line).replaceAll("$1.XXXXXX");
        line = SENT.matcher(line).replaceAll("$1N$2N$3");
        line = PROCESS.matcher(line).replaceAll("pid=N");
        line = TRAFFIC.matcher(line).replaceAll("$1: N");
        line = SPEED.matcher(line).replaceAll("speedup is N");
        return CHALLENGE.matcher(line).replaceAll("$1 CHALLENGE");
    }

    /** What text there is after the last line of the conversation: there, messages are between bytes of another kind. */
    List<String> conversation(String answer) {
        int end = answer.indexOf(ACCEPTED);
        if (end < 0) {
            return lines(answer);
        }
        List<String> all = new ArrayList<>(lines(answer.substring(0, end)));
        all.add(ACCEPTED.strip());
        TEXT.matcher(answer.substring(end + ACCEPTED.length())).results().forEach(text -> all.add(line(text.group())));
        return all;
    }

    /** Whether a client notices that a daemon has closed the connection before it has read all is a matter of time. */
    static boolean isReset(String line) {
        return line.contains("read error: Connection reset");
    }

    /** What a client says that is cut off. */
    static boolean isLastWord(String line) {
        return line.startsWith("err rsync error: ")
                || line.contains("connection unexpectedly closed")
                || line.contains("did not see server greeting")
                || line.contains("safe_read failed to read");
    }

    /** An entry of a tree; what has been made or changed by the run itself is of now. */
    String entry(String description) {
        return MTIME.matcher(line(description))
                .replaceAll(
                        time -> Long.parseLong(time.group(1)) >= beginSecond ? "mtime=NOW" : "mtime=" + time.group(1));
    }
}
