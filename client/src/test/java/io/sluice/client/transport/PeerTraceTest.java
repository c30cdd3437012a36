package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.Location;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.TransferOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines are those of rsync 3.5.0. */
class PeerTraceTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void tellsAShellsCommandAndItsParts() {
        PeerTrace trace = trace(Map.of(DebugItem.CMD, 2));
        Location.Shell host = new Location.Shell(Optional.of("me"), "web1", bytes("a b/"));
        List<byte[]> words = List.of(bytes("ssh"), bytes("web1"), bytes("rsync"));
        trace.shell(Optional.empty(), host, host.path(), words);
        trace.command("opening connection using:", words);
        assertThat(lines)
                .containsExactly(
                        "cmd=ssh machine=web1 user=me path=a b/",
                        "cmd[0]=ssh cmd[1]=web1 cmd[2]=rsync ",
                        "opening connection using: ssh web1 rsync  (3 args)");
    }

    @Test
    void aLocalCopyStartsNothing() {
        trace(Map.of(DebugItem.CMD, 2)).local(bytes("d/"));
        assertThat(lines).containsExactly("cmd=<NULL> machine=<NULL> user=<NULL> path=d/", "cmd[0]=. cmd[1]=d/ ");
        lines.clear();
        trace(Map.of(DebugItem.CMD, 1)).local(bytes("d/"));
        assertThat(lines).isEmpty();
    }

    @Test
    void tellsWhichAddressAnsweredAtLevelTwo() {
        connect(trace(Map.of(DebugItem.CONNECT, 1)));
        assertThat(lines)
                .containsExactly(
                        "opening tcp connection to web1 port 873", "connection via http proxy proxy port 3128");
        lines.clear();
        connect(trace(Map.of(DebugItem.CONNECT, 2)));
        assertThat(lines)
                .containsExactly(
                        "opening tcp connection to web1 port 873",
                        "connection via http proxy proxy port 3128",
                        "Connected to proxy (192.0.2.1)",
                        "rsync: failed to connect to proxy (2001:db8::1): Connection refused (111)");
        lines.clear();
        connect(trace(Map.of()));
        assertThat(lines).isEmpty();
    }

    private static void connect(PeerTrace trace) {
        trace.dialing("web1", 873);
        trace.proxied("proxy", 3128);
        trace.connected("proxy", "192.0.2.1");
        trace.unanswered(List.of("failed to connect to proxy (2001:db8::1): Connection refused (111)"));
    }

    private PeerTrace trace(Map<DebugItem, Integer> levels) {
        ReportingOptions reporting = TransferOptions.DEFAULT
                .edit(draft -> draft.debug.putAll(levels))
                .reporting();
        return new PeerTrace(reporting, line -> lines.add(new String(line, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
