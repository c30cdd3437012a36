package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;

/** What is logged, what commands around a transfer are told, and every protocol that both know. */
final class LogScenarios {
    /** With which the client's user is told names, and so is the log. */
    private static final List<String> NAMING = List.of(
            "-rlptDv",
            "-rlpDv",
            "-rv",
            "-rlptDHv",
            "-rlptDHvv",
            "-rlptDvO",
            "-rlptDvb",
            "-rlptDvn",
            "-rlptD_--info=name",
            "-rlptDv_--info=name0",
            "-rlptDvb_--backup-dir=old",
            "-rlptDv_--delete",
            "-rlptDvi");

    /** In the tree that is pushed: something of each kind that is new, and a directory whose mode is another. */
    private static final String CHANGES =
            "chmod 711 s/sub; mkdir s/fresh; ln -s a s/link; mkfifo s/pipe; ln s/a s/hard;"
                    + " find s m -exec touch -h -d @1500000000 {} +; touch -d @1400000000 m s/sub";

    private static final String HOOK =
            "env | grep -a '^RSYNC_' | grep -avE '^RSYNC_(PID|PASSWORD)' | sort > @H/hook.new; mv @H/hook.new @H/hook";

    /** The command after a transfer runs when its client may have gone. */
    private static final String SHOW = "until [ -f hook ]; do sleep 0.02; done; cat hook; rm hook";

    static final Group GROUP = Group.of(
            "logs, hooks and protocols", "read only = no\n", scenarios().toArray(Scenario[]::new));

    private LogScenarios() {}

    private static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (String escape : List.of(
                "%a",
                "%b",
                "%B",
                "%c",
                "%C",
                "%f",
                "%G",
                "%h",
                "%i",
                "%l",
                "%L",
                "%m",
                "%M",
                "%n",
                "%o",
                "%P",
                "%u",
                "%U",
                "%%",
                "%q",
                "%",
                "%10n|",
                "%-10n|",
                "%'l",
                "%''l",
                "%'''l",
                "no escape",
                "%t",
                "%p x")) {
            boolean traffic = List.of("%b", "%c").contains(escape); // how much was sent depends on how it was cut
            String format = traffic ? "%n" : escape.equals("%p x") ? "%o" : escape;
            all.add(Scenario.named("log format " + escape, "transfer logging = yes", "log format = " + format)
                    .client("-tp @M/a d/")
                    .client("-tp s/new @M/"));
        }
        all.add(Scenario.named("transfers logged", "transfer logging = yes")
                .client("-rtp @M/ d/")
                .client("-rtp s/ @M/")
                .inAnyOrder());
        all.add(Scenario.named("transfers not logged").client("-rtp @M/ d/"));
        all.add(Scenario.named("no log format", "transfer logging = yes", "log format =")
                .client("-rtp @M/ d/"));
        all.add(Scenario.named("deletions logged", "transfer logging = yes")
                .client("-r --delete s/ @M/")
                .inAnyOrder());
        for (String logging : List.of("no", "yes")) {
            for (String options : NAMING) {
                all.add(Scenario.named(
                                "names with " + options + ", transfers " + logging, "transfer logging = " + logging)
                        .prepare(CHANGES)
                        .client(options.replace("_", " ") + " s/ @M/")
                        .inAnyOrder());
            }
        }
        all.add(Scenario.named("a dry run logged", "transfer logging = yes", "log format = %i %n")
                .client("-rn --delete s/ @M/")
                .inAnyOrder());
        all.add(Scenario.named("unchanged files logged", "transfer logging = yes", "log format = %i %n")
                .client("-rtii @M/ d/")
                .client("-rtii @M/ d/"));
        all.add(Scenario.named("log of its own", "transfer logging = yes", "log file = @H/log")
                .client("-r @M/ d/")
                .shell("sed 's/.*\\] //; s/[0-9]* bytes/N bytes/g' log; rm log"));
        all.add(Scenario.named("log that cannot be", "log file = @H/nosuch/log").client("-r @M/ d/"));
        all.add(Scenario.named("early exec", "early exec = " + HOOK)
                .client("-r @M/ d/")
                .shell(SHOW));
        all.add(Scenario.named("early exec with input", "early exec = cat > @H/input")
                .prepare("echo in > early")
                .client("-r --early-input=early @M/ d/"));
        all.add(Scenario.named("early exec that refuses", "early exec = echo early; exit 7")
                .client("-r @M/ d/")
                .differs(
                        "Status of early exec",
                        "rsync logs: STAMP rsync: [Receiver] early exec failed: No child processes (10)",
                        "sluice logs: STAMP rsync: [Receiver] early exec failed: status 1792"));
        all.add(Scenario.named("early exec that is missing", "early exec = /nosuch/command")
                .client("-r @M/ d/")
                .differs(
                        "Status of early exec",
                        "rsync logs: STAMP rsync: [Receiver] early exec failed: No child processes (10)",
                        "sluice logs: STAMP rsync: [Receiver] early exec failed: status 32512"));
        all.add(Scenario.named("pre-xfer exec", "pre-xfer exec = " + HOOK)
                .client("-r @M/a @M/sub d/")
                .shell(SHOW));
        all.add(Scenario.named("pre-xfer exec that says something", "pre-xfer exec = echo hello; echo world")
                .client("-r @M/ d/"));
        all.add(Scenario.named("pre-xfer exec that refuses", "pre-xfer exec = echo no; exit 5")
                .client("-r @M/ d/")
                .endingCutOff());
        all.add(Scenario.named("pre-xfer exec that refuses a push", "pre-xfer exec = echo no; echo really; exit 5")
                .client("-r s/ @M/")
                .endingCutOff());
        all.add(Scenario.named("pre-xfer exec that refuses without a word", "pre-xfer exec = exit 5")
                .client("-r s/ @M/")
                .endingCutOff());
        all.add(Scenario.named("pre-xfer exec that is killed", "pre-xfer exec = kill -9 $$")
                .client("-r s/ @M/")
                .endingCutOff());
        all.add(Scenario.named("post-xfer exec", "post-xfer exec = " + HOOK)
                .client("-r @M/a d/")
                .shell(SHOW));
        all.add(Scenario.named("post-xfer exec of a failure", "post-xfer exec = " + HOOK)
                .client("-r @M/nosuch d/")
                .shell(SHOW));
        all.add(Scenario.named("post-xfer exec of a refusal", "post-xfer exec = " + HOOK, "refuse options = checksum")
                .client("-rc s/ @M/")
                .endingCutOff()
                .shell(SHOW));
        all.add(Scenario.named("post-xfer exec that fails", "post-xfer exec = echo what; exit 9")
                .client("-r @M/a d/"));
        for (int protocol = 27; protocol <= 32; protocol++) {
            String version = "--protocol=" + protocol + " ";
            all.add(Scenario.named("pull by protocol " + protocol, "transfer logging = yes")
                    .client(version + "-rlptgoiH @M/ d/"));
            all.add(push(protocol, version));
            all.add(Scenario.named("missing source by protocol " + protocol).client(version + "-r @M/nosuch d/"));
            all.add(Scenario.named("read only by protocol " + protocol, "read only = yes")
                    .client(version + "-r s/ @M/")
                    .endingCutOff());
            all.add(Scenario.named("unknown module by protocol " + protocol).client(version + "-r @U/nosuch/ d/"));
            all.add(Scenario.named("refused option by protocol " + protocol, "refuse options = checksum")
                    .client(version + "-rc @M/ d/")
                    .endingCutOff());
        }
        return all;
    }

    private static Scenario push(int protocol, String version) {
        Scenario push = Scenario.named("push by protocol " + protocol, "transfer logging = yes")
                .client(version + "-rlptgoiH --delete s/ @M/")
                .inAnyOrder();
        return protocol > 28
                ? push
                : push.differs(
                        "Deletions by old protocols",
                        "rsync says: out *deleting  ",
                        "rsync says: out *deleting  ",
                        "rsync says: out *deleting  ",
                        "rsync says: out *deleting  ",
                        "sluice says: out *deleting   with space",
                        "sluice says: out *deleting   b.o",
                        "sluice says: out *deleting   sub/deep/e",
                        "sluice says: out *deleting   sub/deep/");
    }
}
