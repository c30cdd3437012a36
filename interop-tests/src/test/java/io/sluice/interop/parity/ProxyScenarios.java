package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

import java.util.List;

/** Connections that a proxy passes on, which says first whose they are; and those of others who say so. */
final class ProxyScenarios {
    private static final String HELLO = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n";
    private static final String LIST = HELLO + "#list\n";
    private static final String ENTER = HELLO + "@N\n";
    private static final String FOUR = "PROXY TCP4 192.0.2.9 127.0.0.1 51234 873\r\n";
    private static final String SIX = "PROXY TCP6 2001:db8::9 ::1 51234 873\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String ADDRESSES = "\u00c0\0\u0002\t\u007f\0\0\u0001\u00c8\"\u0003i";

    /** The first connection only tells that the daemon accepts some. */
    private static final String REFUSED_TWICE = "untrusted peer.*untrusted peer";

    private static final Group TRUSTED = Group.of(
                    "connections of a proxy",
                    "proxy protocol = yes\nproxy protocol hosts = 127.0.0.0/8\nreverse lookup = no\nforward lookup = no\nlist = no\n",
                    named("header of version 1").bytes(FOUR + LIST),
                    named("header of version 1, version 6 of IP").bytes(SIX + LIST),
                    named("header of version 1, unknown").bytes("PROXY UNKNOWN\r\n" + LIST),
                    named("header of version 1, unknown with addresses")
                            .bytes("PROXY UNKNOWN 192.0.2.9 127.0.0.1 51234 873\r\n" + LIST),
                    named("header of version 1, another family")
                            .bytes("PROXY UDP4 192.0.2.9 127.0.0.1 1 2\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY UDP4 192.0.2.9 127.0.0.1 1 2 (from 127.0.0.1)"),
                    named("header of version 1 without a carriage return")
                            .bytes("PROXY TCP4 192.0.2.9 127.0.0.1 51234 873\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: a line without CR LF at its end (from 127.0.0.1)"),
                    named("header of version 1 with a word too few")
                            .bytes("PROXY TCP4 192.0.2.9 127.0.0.1 51234\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 192.0.2.9 127.0.0.1 51234 (from 127.0.0.1)"),
                    named("header of version 1 with a word too many")
                            .bytes("PROXY TCP4 192.0.2.9 127.0.0.1 51234 873 x\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 192.0.2.9 127.0.0.1 51234 873 x (from 127.0.0.1)"),
                    named("header of version 1 with a port of 0")
                            .bytes("PROXY TCP4 192.0.2.9 127.0.0.1 0 873\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 192.0.2.9 127.0.0.1 0 873 (from 127.0.0.1)"),
                    named("header of version 1 with a port too high")
                            .bytes("PROXY TCP4 192.0.2.9 127.0.0.1 51234 65536\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "rsync says: @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                    "rsync says: @RSYNCD: EXIT",
                                    "rsync logs: STAMP connect from UNDETERMINED (192.0.2.9)",
                                    "rsync logs: STAMP module-list request from UNDETERMINED (192.0.2.9)",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 192.0.2.9 127.0.0.1 51234 65536 (from 127.0.0.1)"),
                    named("header of version 1 with no address")
                            .bytes("PROXY TCP4 192.0.2.x 127.0.0.1 51234 873\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 192.0.2.x 127.0.0.1 51234 873 (from 127.0.0.1)"),
                    named("header of version 1 with a name")
                            .bytes("PROXY TCP4 localhost 127.0.0.1 51234 873\r\n" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: PROXY TCP4 localhost 127.0.0.1 51234 873 (from 127.0.0.1)"),
                    named("header of version 1 with an address of the other family")
                            .bytes("PROXY TCP4 2001:db8::9 ::1 51234 873\r\n" + LIST),
                    named("header of version 1 without an end")
                            .bytes("PROXY TCP4 " + "1".repeat(200))
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: no end after 107 bytes (from 127.0.0.1)"),
                    named("header of version 1 cut off")
                            .bytes("PROXY TCP4 192")
                            .differs(
                                    "Half a request",
                                    "rsync logs: STAMP rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]",
                                    "rsync logs: STAMP rsync error: error in rsync protocol data stream (code 12) at PLACE [Receiver]"),
                    named("header of version 2").bytes(SIGNATURE + "!\u0011\0\u000c" + ADDRESSES + LIST),
                    named("header of version 2, local").bytes(SIGNATURE + " \0\0\0" + LIST),
                    named("header of version 2, local with addresses")
                            .bytes(SIGNATURE + " \u0011\0\u000c" + ADDRESSES + LIST),
                    named("header of version 2, unspecified").bytes(SIGNATURE + "!\0\0\0" + LIST),
                    named("header of version 2, version 6 of IP")
                            .bytes(SIGNATURE + "!!\0$ \u0001\r\u00b8" + "\0".repeat(11) + "\t" + "\0".repeat(15)
                                    + "\u0001\u00c8\"\u0003i" + LIST),
                    named("header of version 2 with more behind its addresses")
                            .bytes(SIGNATURE + "!\u0011\0\u0010" + ADDRESSES + "\u0004\0\u0001x" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: 16 bytes of addresses (from 127.0.0.1)"),
                    named("header of version 2 that is too short")
                            .bytes(SIGNATURE + "!\u0011\0\u0008\u00c0\0\u0002\t\u007f\0\0\u0001" + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: 8 bytes of addresses (from 127.0.0.1)"),
                    named("header of version 2 that is too long")
                            .bytes(SIGNATURE + "!\u0011\u0001\0" + "x".repeat(256) + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: command 33, 256 bytes (from 127.0.0.1)"),
                    named("header of version 2 of another command")
                            .bytes(SIGNATURE + "\"\u0011\0\u000c" + ADDRESSES + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: command 34, 12 bytes (from 127.0.0.1)"),
                    named("header of version 3")
                            .bytes(SIGNATURE + "1\u0011\0\u000c" + ADDRESSES + LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP PROXY header: command 49, 12 bytes (from 127.0.0.1)"),
                    named("header of version 2 cut off")
                            .bytes(SIGNATURE + "!\u0011\0\u000c\u00c0")
                            .differs(
                                    "Half a request",
                                    "rsync logs: STAMP rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]",
                                    "rsync logs: STAMP rsync error: error in rsync protocol data stream (code 12) at PLACE [Receiver]"),
                    named("no header")
                            .bytes(LIST)
                            .differs(
                                    "Headers of proxies",
                                    "sluice logs: STAMP no PROXY header (expected: one from each connection) (from 127.0.0.1)"),
                    named("two headers").bytes(FOUR + FOUR + LIST),
                    named("nothing")
                            .bytes("")
                            .differs(
                                    "Half a request",
                                    "rsync logs: STAMP rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]",
                                    "rsync logs: STAMP rsync error: error in rsync protocol data stream (code 12) at PLACE [Receiver]"),
                    named("host that the proxy tells allowed", "hosts allow = 192.0.2.9")
                            .bytes(FOUR + ENTER)
                            .differs(
                                    "Half a request",
                                    "rsync says: ERROR: module is read only",
                                    "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "rsync logs: STAMP ERROR: module is read only",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
                    named("host that the proxy tells denied", "hosts deny = 192.0.2.0/24")
                            .bytes(FOUR + ENTER),
                    named("proxy itself allowed, its client not", "hosts allow = 127.0.0.1")
                            .bytes(FOUR + ENTER),
                    named("proxy denied, its client not", "hosts deny = 127.0.0.1")
                            .bytes(FOUR + ENTER)
                            .differs(
                                    "Half a request",
                                    "rsync says: ERROR: module is read only",
                                    "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "rsync logs: STAMP ERROR: module is read only",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
                    named("local connection of the proxy", "hosts allow = 127.0.0.1")
                            .bytes(SIGNATURE + " \0\0\0" + ENTER)
                            .differs(
                                    "Half a request",
                                    "rsync says: ERROR: module is read only",
                                    "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "rsync logs: STAMP ERROR: module is read only",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
                    named("unknown client of the proxy", "hosts allow = 127.0.0.1")
                            .bytes("PROXY UNKNOWN\r\n" + ENTER)
                            .differs(
                                    "Half a request",
                                    "rsync says: ERROR: module is read only",
                                    "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "rsync logs: STAMP ERROR: module is read only",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"))
            .opening("PROXY UNKNOWN\r\n");

    private static final Group LISTED_IS_ANOTHER = Group.of(
                    "connections of a stranger who plays proxy",
                    "proxy protocol = yes\nproxy protocol hosts = 192.0.2.1\nreverse lookup = no\nlist = no\n",
                    named("stranger with a header").bytes(FOUR + LIST),
                    named("stranger without a header").bytes(LIST),
                    named("stranger's client").client("-r @M/ d/").endingCutOff())
            .settled(REFUSED_TWICE);

    private static final Group NOBODY_IS_LISTED = Group.of(
                    "connections where no proxy is listed",
                    "proxy protocol = yes\nreverse lookup = no\nlist = no\n",
                    named("header of nobody's proxy").bytes(FOUR + LIST),
                    named("no header where none is trusted").bytes(LIST))
            .settled(REFUSED_TWICE);

    private static final Group NOT_ASKED_FOR = Group.of(
            "headers that nobody asked for",
            "proxy protocol hosts = 127.0.0.1\nlist = no\n",
            named("header that is not asked for").bytes(FOUR + LIST));

    static final List<Group> GROUPS = List.of(TRUSTED, LISTED_IS_ANOTHER, NOBODY_IS_LISTED, NOT_ASKED_FOR);

    private ProxyScenarios() {}
}
