package io.sluice.client;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options for sockets, as {@code --sockopts} lists them: {@code TCP_NODELAY,SO_SNDBUF=65536,IPTOS_LOWDELAY}.
 *
 * @param numbers what is set to a number, a switch to 0 or 1
 * @param complaints what could not be understood, in rsync's words
 */
public record SocketSettings(Map<String, Integer> numbers, List<String> complaints) {
    /** The system's own. */
    public static final SocketSettings NONE = new SocketSettings(Map.of(), List.of());

    private static final Map<String, SocketOption<Boolean>> SWITCHES = Map.of(
            "SO_KEEPALIVE", StandardSocketOptions.SO_KEEPALIVE,
            "SO_REUSEADDR", StandardSocketOptions.SO_REUSEADDR,
            "TCP_NODELAY", StandardSocketOptions.TCP_NODELAY);
    private static final Map<String, SocketOption<Integer>> SIZES = Map.of(
            "SO_SNDBUF", StandardSocketOptions.SO_SNDBUF,
            "SO_RCVBUF", StandardSocketOptions.SO_RCVBUF);
    /** Kinds of service, which are names for values of one option. */
    private static final Map<String, Integer> SERVICES = Map.of("IPTOS_LOWDELAY", 0x10, "IPTOS_THROUGHPUT", 0x08);
    /** Known to rsync; a TCP connection on Linux has no use for them. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("SO_BROADCAST", "SO_SNDLOWAT", "SO_RCVLOWAT", "SO_SNDTIMEO", "SO_RCVTIMEO");

    public SocketSettings {
        numbers = Map.copyOf(numbers);
        complaints = List.copyOf(complaints);
    }

    /** Reads a list: words separated by commas or white space, each perhaps with {@code =} and a number. */
    public static SocketSettings parse(String list) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<String> complaints = new ArrayList<>();
        for (String word : list.split("[ \\t,]+", -1)) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.isEmpty()) {
                continue;
            }
            if (SERVICES.containsKey(name)) {
                if (equals >= 0) {
                    complaints.add("syntax error -- " + name + " does not take a value");
                }
                numbers.put(name, 1);
            } else if (SWITCHES.containsKey(name) || SIZES.containsKey(name)) {
                numbers.put(name, equals < 0 ? 1 : leadingNumber(word.substring(equals + 1)));
            } else if (!WITHOUT_EFFECT.contains(name)) {
                complaints.add("Unknown socket option " + name);
            }
        }
        return new SocketSettings(numbers, complaints);
    }

    /** As C's {@code atoi}: the digits at the start, or 0. */
    private static int leadingNumber(String text) {
        int end = 0;
        while (end < text.length() && end < 9 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(text.substring(0, end));
    }

    /** Sets them on a channel. */
    public void applyTo(SocketChannel channel) throws IOException {
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            String name = entry.getKey();
            if (SWITCHES.containsKey(name)) {
                channel.setOption(SWITCHES.get(name), entry.getValue() != 0);
            } else if (SIZES.containsKey(name)) {
                channel.setOption(SIZES.get(name), entry.getValue());
            } else {
                channel.setOption(StandardSocketOptions.IP_TOS, SERVICES.get(name));
            }
        }
    }
}
