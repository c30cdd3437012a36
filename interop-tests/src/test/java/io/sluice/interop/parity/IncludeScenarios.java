package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** A configuration in several files: what each part says of what, and what there is when a part changes while the daemon runs. */
final class IncludeScenarios {
    private static final String PARTS = """
            mkdir parts merged
            printf 'comment = of the merged part\\n' > whole.inc
            printf 'comment = changed by the included part\\n[inc]\\npath = %s/mod0/m\\n' "$PWD" > whole.conf
            printf '[inc-a]\\npath = %s/mod0/m\\n' "$PWD" > parts/a.conf
            printf '[inc-b]\\ncomment = own\\npath = %s/mod0/m\\nread only = no\\n' "$PWD" > parts/b.conf
            printf 'nonsense\\n' > parts/c.other
            printf 'timeout = 9\\n' > parts/d.inc
            mkdir parts/sub.conf
            printf '[hidden]\\n' > parts/sub.conf/e.conf
            printf 'read only = no\\n' > merged/part.inc
            : > late.conf
            """;

    private static final String ASK = "@RSYNCD: 31.0\nnosuch\n";

    static final Group GROUP = Group.of(
                    "parts of a configuration",
                    "&merge @H/whole.inc\n&include @H/whole.conf\n&include @H/parts\n&include @H/late.conf\n",
                    named("list of modules of all parts").client("@U/"),
                    named("module of a part").client("-ri @U/inc/ d/"),
                    named("module of a directory of parts").client("-ri @U/inc-a/ d/"),
                    named("module of a part that is written to")
                            .client("-ri s/ @U/inc-b/")
                            .inAnyOrder(),
                    named("parameters of a directory of parts count there alone")
                            .client("-ri s/ @M/"),
                    named("no parts below a directory of parts").client("-r @U/hidden/ d/"),
                    named("part merged into a module", "&merge @H/../merged")
                            .client("-ri s/ @M/")
                            .inAnyOrder(),
                    named("part merged into a module by an equals sign", "&merge = @H/../merged/part.inc")
                            .client("-ri s/ @M/")
                            .inAnyOrder(),
                    named("part included into a module", "&include @H/../merged/part.inc")
                            .client("-ri s/ @M/"),
                    named("part that has come")
                            .prepare("printf '[late]\\npath = %s/m\\n' $PWD > ../late.conf")
                            .client("-ri @U/late/ d/"),
                    named("part that is in another")
                            .prepare(
                                    "printf '&include %s/../more.conf\\n' $PWD > ../late.conf; printf '[more]\\npath = %s/m\\n' $PWD > ../more.conf")
                            .client("-ri @U/more/ d/"),
                    named("part that is gone")
                            .prepare("rm ../late.conf")
                            .bytes(ASK)
                            .shell(": > ../late.conf")
                            .differs(
                                    "Broken configuration",
                                    "sluice says: @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                    "sluice says: @ERROR: Unknown module 'nosuch'",
                                    "rsync logs: STAMP rsync: [Receiver] unable to stat config file \"HOME/late.conf\": No such file or directory (2)",
                                    "rsync logs: STAMP params.c:pm_process() - Failed.  Error returned from params.c:parse().",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "sluice logs: STAMP configuration is kept as it was: HOME/rsyncd.conf:10: unable to stat config file \"HOME/late.conf\": No such file or directory",
                                    "sluice logs: STAMP connect from localhost (127.0.0.1)",
                                    "sluice logs: STAMP unknown module 'nosuch' tried from localhost (127.0.0.1)"),
                    named("part that includes itself")
                            .prepare("printf '&include %s/../late.conf\\n' $PWD > ../late.conf")
                            .bytes(ASK)
                            .shell(": > ../late.conf")
                            .differs(
                                    "Broken configuration",
                                    "sluice says: @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                    "sluice says: @ERROR: Unknown module 'nosuch'",
                                    "sluice logs: STAMP configuration is kept as it was: HOME/MOD/../late.conf:1: config files that include each other: more than 32 (expected: fewer)",
                                    "sluice logs: STAMP connect from localhost (127.0.0.1)",
                                    "sluice logs: STAMP unknown module 'nosuch' tried from localhost (127.0.0.1)"),
                    named("part that makes no sense")
                            .prepare("echo '[half' > ../late.conf")
                            .bytes(ASK)
                            .shell(": > ../late.conf")
                            .differs(
                                    "Broken configuration",
                                    "sluice says: @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                    "sluice says: @ERROR: Unknown module 'nosuch'",
                                    "rsync logs: STAMP params.c:Section() - Badly formed line in config file: half",
                                    "rsync logs: STAMP params.c:pm_process() - Failed.  Error returned from params.c:parse().",
                                    "rsync logs: STAMP params.c:pm_process() - Failed.  Error returned from params.c:parse().",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "sluice logs: STAMP configuration is kept as it was: HOME/late.conf:1: Badly formed line in config file: half (expected: [section])",
                                    "sluice logs: STAMP connect from localhost (127.0.0.1)",
                                    "sluice logs: STAMP unknown module 'nosuch' tried from localhost (127.0.0.1)"),
                    named("part with an unknown directive")
                            .prepare("echo '&other x' > ../late.conf")
                            .bytes(ASK)
                            .shell(": > ../late.conf")
                            .differs(
                                    "Broken configuration",
                                    "sluice says: @RSYNCD: 32.0 sha512 sha256 sha1 md5 md4",
                                    "sluice says: @ERROR: Unknown module 'nosuch'",
                                    "rsync logs: STAMP Unknown directive: &other.",
                                    "rsync logs: STAMP params.c:pm_process() - Failed.  Error returned from params.c:parse().",
                                    "rsync logs: STAMP params.c:pm_process() - Failed.  Error returned from params.c:parse().",
                                    "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                                    "sluice logs: STAMP configuration is kept as it was: HOME/late.conf:1: Unknown directive: &other (expected: &include or &merge)",
                                    "sluice logs: STAMP connect from localhost (127.0.0.1)",
                                    "sluice logs: STAMP unknown module 'nosuch' tried from localhost (127.0.0.1)"),
                    named("part that is fine again").client("-ri @M/ d/"))
            .prepare(PARTS);

    private IncludeScenarios() {}
}
