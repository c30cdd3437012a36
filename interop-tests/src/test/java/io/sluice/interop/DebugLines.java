package io.sluice.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a run with {@code --debug} printed, by who said it: processes work at the same time, so that only the order of one's own lines tells something. What
 * differs from run to run, or tells of the inside of one program alone, is masked or left out.
 */
final class DebugLines {
    private static final Map<Pattern, String> MASKS = masks();

    /** Who says what has no name in brackets before it. */
    private static final Map<String, String> SPEAKERS = speakers();

    /** Memory and tables of one program: there are others in another. */
    private static final Pattern INTERNAL = Pattern.compile(
            "\\[\\w+] (created|growing|destroyed) hashtable .*|FILE_STRUCT_LEN=.*|\\[\\w+] expand .* to [\\d,]+ bytes, .*");

    private DebugLines() {}

    private static Map<Pattern, String> masks() {
        Map<Pattern, String> masks = new LinkedHashMap<>();
        masks.put(Pattern.compile("pid=\\d+"), "pid=N");
        masks.put(Pattern.compile("waiting on \\d+"), "waiting on N");
        masks.put(Pattern.compile("file=[\\w.]+, line=-?\\d+"), "place");
        masks.put(Pattern.compile("renaming (\\S+)\\.[A-Za-z0-9]{6} to"), "renaming $1.XXXXXX to");
        masks.put(Pattern.compile("(set .id of \\S+)\\.[A-Za-z0-9]{6} from"), "$1.XXXXXX from");
        masks.put(Pattern.compile("hash_hits=\\d+"), "hash_hits=N"); // tables of other sizes have others
        masks.put(Pattern.compile("sent .* bytes/sec|total size is .*"), "figures");
        masks.put(Pattern.compile("(opening connection using:|sending daemon args:|cmd=/|cmd\\[0]=/).*"), "$1");
        masks.put(Pattern.compile(" port \\d+"), " port N");
        masks.put(Pattern.compile("(dev:inode for #\\d+ is) \\S+"), "$1 N");
        return masks;
    }

    private static Map<String, String> speakers() {
        Map<String, String> speakers = new LinkedHashMap<>();
        for (String opening : List.of("send", "calling match", "false_alarms", "total: ")) {
            speakers.put(opening, "sender");
        }
        for (String opening :
                List.of("recv_files", "renaming", "finishing", "got file_sum", "recv mapped", "data recv")) {
            speakers.put(opening, "receiver");
        }
        for (String opening :
                List.of("(Server)", "Server negotiated", "Client daemon auth", "(Client)", "Client negotiated")) {
            speakers.put(opening, opening.contains("Server") ? "server" : "client");
        }
        for (String opening : List.of(
                "hlink for",
                "generat",
                "recv_generator",
                "delete_",
                "deleting in",
                "touch_up",
                "gen mapped",
                "delta-",
                "fuzzy")) {
            speakers.put(opening, "generator");
        }
        for (String opening : List.of("recv_file_name", "received ", "recv_file_list")) {
            speakers.put(opening, "list"); // by receiver and generator at the same time
        }
        return speakers;
    }

    /** Returns the lines of {@code output} by speaker. */
    static Map<String, List<String>> of(String output) {
        Map<String, List<String>> said = new TreeMap<>();
        output.lines()
                .filter(line -> !line.isEmpty() && !INTERNAL.matcher(line).matches())
                .map(DebugLines::masked)
                .forEach(line -> said.computeIfAbsent(speaker(line), unknown -> new ArrayList<>())
                        .add(line));
        // The names of what is transferred or deleted come from several roles.
        said.computeIfPresent("list", (nobody, lines) -> lines.stream().sorted().toList());
        said.computeIfPresent("", (nobody, lines) -> lines.stream().sorted().toList());
        return said;
    }

    private static String masked(String line) {
        String masked = line;
        for (Map.Entry<Pattern, String> mask : MASKS.entrySet()) {
            masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
        }
        return masked;
    }

    private static String speaker(String line) {
        if (line.contains("] receiving flist") || line.contains("] flist") || line.contains("] i=")) {
            return "list as " + line.substring(1, line.indexOf(']')); // when it arrives is chance
        }
        if (line.contains("] #") || line.contains("] dev:inode")) {
            return "links as "
                    + line.substring(1, line.indexOf(']')); // a list is made before it travels, or as it does
        }
        if (line.contains(" list (on ")) {
            return line.contains("(on server)") ? "server" : "client";
        }
        if (line.startsWith("[")) {
            return line.substring(1, line.indexOf(']'));
        }
        for (Map.Entry<String, String> opening : SPEAKERS.entrySet()) {
            if (line.startsWith(opening.getKey())) {
                return opening.getValue();
            }
        }
        return "";
    }
}
