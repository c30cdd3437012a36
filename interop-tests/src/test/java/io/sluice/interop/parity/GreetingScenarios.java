package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** The lines before a transfer: greetings, the list of modules, wrong words in each phase. */
final class GreetingScenarios {
    private static final String HELLO = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n";

    static final Group GROUP = Group.of(
            "greetings and lists",
            "motd file = @H/motd\nlist = no\n",
            named("list without a message of the day", "list = yes").client("@U/"),
            named("list with a message of the day", "list = yes", "comment = it has a comment")
                    .prepare("printf 'welcome\\n  to this server\\n' > ../motd")
                    .client("@U/"),
            named("message without a newline")
                    .prepare("printf 'no end' > ../motd")
                    .client("@U/"),
            named("message with control characters")
                    .prepare("printf 'bell\\007 tab\\t nul\\000 x\\r\\nescape \\033[1m\\377\\n' > ../motd")
                    .client("@U/"),
            named("no message wanted").client("--no-motd @U/"),
            named("message before a transfer").client("-r @M/ d/"),
            named("long message").prepare("seq 1 2000 > ../motd").client("@U/"),
            named("empty message").prepare(": > ../motd").client("@U/"),
            named("module not listed", "list = no").client("@U/"),
            named("module not listed is served", "list = no").client("-r @M/ d/"),
            named("unknown module").client("-r @U/nosuch/ d/"),
            named("unknown module with odd characters").client("-r @U/no%such\u0007\u00ff/ d/"),
            named("unknown module to push to").client("-r s/ @U/nosuch/x"),
            named("name in capitals").bytes(HELLO + "MOD0\n"),
            named("name with a space").bytes(HELLO + "mod 0\n"),
            named("name of global section").bytes(HELLO + "global\n"),
            named("list by command").bytes(HELLO + "#list\n"),
            named("list by nothing").bytes(HELLO + "\n"),
            named("unknown command").bytes(HELLO + "#foo\n"),
            named("lone hash").bytes(HELLO + "#\n"),
            named("list in capitals").bytes(HELLO + "#LIST\n"),
            named("early input of no length").bytes(HELLO + "#early_input=\n@N\n"),
            named("early input of length 0").bytes(HELLO + "#early_input=0\n@N\n"),
            named("early input too long").bytes(HELLO + "#early_input=6000\n@N\n"),
            named("early input negative").bytes(HELLO + "#early_input=-1\n@N\n"),
            named("early input cut short")
                    .bytes(HELLO + "#early_input=10\nabc")
                    .differs(
                            "Half a request",
                            "rsync logs: STAMP rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]",
                            "rsync logs: STAMP rsync error: error in rsync protocol data stream (code 12) at PLACE [Receiver]"),
            named("early input twice").bytes(HELLO + "#early_input=3\nabc#early_input=3\nabc@N\n"),
            named("nothing at all").bytes(""),
            named("end after the greeting").bytes(HELLO),
            named("end in the greeting").bytes("@RSYNCD: 32"),
            named("garbage for a greeting").bytes("GET / HTTP/1.0\r\n\r\n"),
            named("empty greeting").bytes("\n"),
            named("greeting without a number").bytes("@RSYNCD: \n#list\n"),
            named("greeting with a word").bytes("@RSYNCD: abc\n#list\n"),
            named("greeting of protocol 0")
                    .bytes("@RSYNCD: 0\n#list\n")
                    .differs(
                            "Old protocols",
                            "rsync says: MOD           \t",
                            "rsync says: MOD           \tit has a comment",
                            "sluice says: @ERROR: protocol version: 0.0 (expected: at least 27.0)",
                            "rsync logs: STAMP module-list request from localhost (127.0.0.1)"),
            named("greeting of protocol 19")
                    .bytes("@RSYNCD: 19\n#list\n")
                    .differs(
                            "Old protocols",
                            "rsync says: MOD           \t",
                            "rsync says: MOD           \tit has a comment",
                            "sluice says: @ERROR: protocol version: 19.0 (expected: at least 27.0)",
                            "rsync logs: STAMP module-list request from localhost (127.0.0.1)"),
            named("greeting of protocol 20")
                    .bytes("@RSYNCD: 20\n#list\n")
                    .differs(
                            "Old protocols",
                            "rsync says: MOD           \t",
                            "rsync says: MOD           \tit has a comment",
                            "sluice says: @ERROR: protocol version: 20.0 (expected: at least 27.0)",
                            "rsync logs: STAMP module-list request from localhost (127.0.0.1)"),
            named("greeting of protocol 26")
                    .bytes("@RSYNCD: 26\n#list\n")
                    .differs(
                            "Old protocols",
                            "rsync says: MOD           \t",
                            "rsync says: MOD           \tit has a comment",
                            "rsync says: @RSYNCD: EXIT",
                            "sluice says: @ERROR: protocol version: 26.0 (expected: at least 27.0)",
                            "rsync logs: STAMP module-list request from localhost (127.0.0.1)"),
            named("greeting of protocol 27").bytes("@RSYNCD: 27\n#list\n"),
            named("greeting of protocol 29").bytes("@RSYNCD: 29\n#list\n"),
            named("greeting of protocol 30 without a subprotocol").bytes("@RSYNCD: 30\n#list\n"),
            named("greeting of protocol 30").bytes("@RSYNCD: 30.0\n#list\n"),
            named("greeting of a pre-release").bytes("@RSYNCD: 31.5\n#list\n"),
            named("greeting of protocol 32 without digests").bytes("@RSYNCD: 32.0\n#list\n"),
            named("greeting of protocol 33").bytes("@RSYNCD: 33.0 md5\n#list\n"),
            named("greeting of protocol 40").bytes("@RSYNCD: 40.0 md5\n#list\n"),
            named("greeting of protocol 41").bytes("@RSYNCD: 41.0 md5\n#list\n"),
            named("greeting of protocol -1")
                    .bytes("@RSYNCD: -1.0 md5\n#list\n")
                    .differs(
                            "Old protocols",
                            "rsync says: MOD           \t",
                            "rsync says: MOD           \tit has a comment",
                            "sluice says: @ERROR: protocol startup error",
                            "rsync logs: STAMP module-list request from localhost (127.0.0.1)"),
            named("greeting with leading space").bytes(" @RSYNCD: 32.0 md5\n#list\n"),
            named("greeting in small letters").bytes("@rsyncd: 32.0 md5\n#list\n"),
            named("greeting with carriage returns").bytes("@RSYNCD: 32.0 md5\r\n#list\r\n"),
            named("greeting with a NUL").bytes("@RSYNCD: 32.0 md5\0x\n#list\n"),
            named("greeting without an end").bytes("@RSYNCD: 32.0 " + "m".repeat(6000) + "\n#list\n"),
            named("greeting of only ours")
                    .bytes("@RSYNCD: 32.0 foo bar\n@N\n")
                    .differs(
                            "Half a request",
                            "rsync says: ERROR: module is read only",
                            "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                            "rsync logs: STAMP ERROR: module is read only",
                            "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
            named("module name too long").bytes(HELLO + "n".repeat(6000) + "\n"),
            named("module name with a slash").bytes(HELLO + "@N/sub\n"),
            named("module name with a NUL").bytes(HELLO + "@N\0x\n"),
            named("module name with a carriage return").bytes(HELLO + "@N\r\n\0\0"),
            named("end after the module")
                    .bytes(HELLO + "@N\n")
                    .differs(
                            "Half a request",
                            "rsync says: ERROR: module is read only",
                            "rsync says: rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                            "rsync logs: STAMP ERROR: module is read only",
                            "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
            named("no argument").bytes(HELLO + "@N\n\0"),
            named("arguments that are no server's").bytes(HELLO + "@N\n-r\0.\0@N/\0\0"),
            named("argument without an end")
                    .bytes(HELLO + "@N\n--server\0--sender")
                    .differs(
                            "Half a request",
                            "rsync logs: STAMP rsync: connection unexpectedly closed (0 bytes received so far) [sender]",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 0",
                            "rsync logs: STAMP rsync error: error in rsync protocol data stream (code 12) at PLACE [sender]"),
            named("unknown option").client("-r -M--nonsense @M/ d/").endingCutOff(),
            named("unknown letter").client("-r -M-Y @M/ d/").endingCutOff(),
            named("option with a wrong value")
                    .client("-r -M--max-size=x @M/ d/")
                    .endingCutOff(),
            named("server within a server").client("-r -M--daemon @M/ d/").endingCutOff());

    private GreetingScenarios() {}
}
