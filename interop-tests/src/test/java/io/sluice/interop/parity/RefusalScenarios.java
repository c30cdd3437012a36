package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;

/** What {@code refuse options} refuses: behind its value, the options of a client. */
final class RefusalScenarios {
    private static final List<String[]> PULLS = List.of(
            row("delete", "-r", "-r --delete", "-r --delete-after"),
            row("checksum", "-rc", "-r --checksum", "-r --checksum-choice=md5"),
            row("c", "-rc", "-r --cc=md5"),
            row("compress", "-rz", "-r --zc=zlib", "-r --zl=3", "-r --old-compress"),
            row("z", "-rz"),
            row("checksum compress", "-rz", "-rc", "-rt"),
            row("checksum, compress", "-rz", "-rc"),
            row("*", "-r", "-n", "-a", "@list"),
            row("* !a !v", "-a", "-av", "-az", "-rlptgoD", "-r"),
            row("* !archive", "-a", "-r"),
            row("* !r !t", "-rt", "-rtO", "-rto"),
            row("!checksum *", "-rc"),
            row("c* !checksum", "-rc", "-r --copy-links", "-r -L", "-r --copy-unsafe-links"),
            row("[a-c]*", "-rc", "-rL", "-r --bwlimit=100"),
            row("archive", "-a", "-r"),
            row("recursive", "-a", "-r"),
            row("a", "-a"),
            row("hard-links", "-rH"),
            row("owner group", "-a", "-ro"),
            row("devices specials", "-a", "-r --devices", "-r --specials"),
            row("iconv", "-r --iconv=utf8", "-r"),
            row("no-iconv", "-r --no-iconv"),
            row("log-format", "-ri", "-r --out-format=%n"),
            row("itemize-changes", "-ri"),
            row("verbose", "-r -M-v", "-r"),
            row("numeric-ids", "-r --numeric-ids"),
            row("files-from", "-r --files-from=list", "-r --files-from=:/list"),
            row("filter", "-r --filter=-_a", "-r -M--filter=-_a"),
            row("exclude", "-r --exclude=a", "-r -M--exclude=a"),
            row("timeout", "-r --timeout=20", "-r --contimeout=20"),
            row("no-such-option", "-r"),
            row("!no-such-option", "-r"),
            row("checksum-seed", "-r --checksum-seed=5"),
            row("append", "-r --append", "-r --append-verify"),
            row("append-verify", "-r --append", "-r --append-verify"),
            row("copy-links", "-rL", "-r -k"),
            row("xattrs acls", "-rX", "-rA"),
            row("X", "-rX"),
            row("block-size", "-r -B1000", "-r --block-size=1000"),
            row("write-devices", "-r --write-devices"),
            row("insecure-links", "-r -M--insecure-links"),
            row("!insecure-links", "-r -M--insecure-links"),
            row("!copy-devices", "-r --copy-devices"),
            row("", "-r --copy-devices", "-r --stats", "-r -M--log-file=x", "-r -M--log-file-format=x"));

    private static final List<String[]> PUSHES = List.of(
            row("delete", "-r --delete", "-r --delete-before", "-r --delete-excluded", "-r --del", "-r --delete-delay"),
            row("delete-*", "-r --delete", "-r --delete-before"),
            row("delete-after", "-r --delete", "-r --delete-after"),
            row("delete*", "-r --delete", "-r --max-delete=4 --delete"),
            row("!write-devices", "-r --write-devices"),
            row("", "-r --write-devices"),
            row("perms", "-a", "-rp", "-rE"),
            row("p", "-rp", "-r"),
            row("inplace", "-r --inplace", "-r --append"),
            row("partial", "-rP", "-r --partial-dir=x"),
            row("partial-dir", "-r --partial", "-r --partial-dir=x"),
            row("backup", "-rb", "-r --backup-dir=x", "-r --suffix=x"),
            row("temp-dir", "-rT.", "-r --temp-dir=."),
            row("T", "-rT."),
            row("link-dest", "-r --link-dest=/sub", "-r --copy-dest=/sub"),
            row("super fake-super", "-r -M--super", "-r -M--fake-super"),
            row("chmod chown usermap", "-r --chmod=F600", "-r --chown=1:1"),
            row("remove-source-files", "-r --remove-source-files"),
            row("sparse update existing", "-rS", "-ru", "-r --existing", "-r --ignore-existing"),
            row("omit-dir-times", "-rO"),
            row("preallocate", "-r --preallocate"),
            row("fsync", "-r --fsync"),
            row("whole-file", "-rW", "-r --no-whole-file"),
            row("no-whole-file", "-r --no-whole-file"),
            row("mkpath", "-r --mkpath"),
            row("ignore-errors force", "-r --ignore-errors --delete", "-r --force"),
            row("delay-updates", "-r --delay-updates"),
            row("trust-sender", "-r --trust-sender"));

    /** What differs, told in full. */
    private static final List<Scenario> APART = List.of(
            Scenario.named("pull refused, and how its client ends", "refuse options = checksum")
                    .client("-rc @M/ d/")
                    .differs(
                            "Refused pulls",
                            "rsync says: err rsync error: error in socket IO (code 10) at PLACE [Receiver]",
                            "rsync says: ends with 10",
                            "sluice says: err rsync error: requested action not supported (code 4) at PLACE [sender]",
                            "sluice says: ends with 4"),
            Scenario.named("pull refusing a letter alone", "refuse options = D")
                    .client("-a @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Letters in refusals",
                            "rsync says: err rsync: The server is configured to refuse --(null) (-D)",
                            "sluice says: err rsync: The server is configured to refuse -D",
                            "rsync logs: STAMP rsync: The server is configured to refuse --(null) (-D)",
                            "sluice logs: STAMP rsync: The server is configured to refuse -D"),
            Scenario.named("pull refusing what comes before the client's abilities", "refuse options = verbose")
                    .client("-rv @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Refused before its abilities",
                            "rsync says: out receiving file list ... ",
                            "rsync says: err ",
                            "sluice says: out receiving incremental file list"),
            Scenario.named("pull refusing secluded arguments", "refuse options = secluded-args")
                    .client("-rs @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Read after the request is logged",
                            "sluice logs: STAMP rsync on MOD/ from localhost (127.0.0.1)"),
            Scenario.named("pull refusing protected arguments", "refuse options = protect-args")
                    .client("-rs @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Read after the request is logged",
                            "sluice logs: STAMP rsync on MOD/ from localhost (127.0.0.1)"));

    static final Group GROUP = Group.of("refused options", "", scenarios().toArray(Scenario[]::new));

    private RefusalScenarios() {}

    private static String[] row(String... words) {
        return words;
    }

    private static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>(APART);
        for (String[] row : PULLS) {
            Scenario scenario = Scenario.named("pull refusing " + row[0], "refuse options = " + row[0])
                    .prepare("echo a > list; echo a > m/list")
                    .endingCutOff();
            for (int i = 1; i < row.length; i++) {
                scenario = scenario.client(row[i].equals("@list") ? "@M/" : row[i] + " @M/ d/" + i + "/");
            }
            all.add(scenario);
        }
        for (String[] row : PUSHES) {
            Scenario scenario = Scenario.named(
                            "push refusing " + row[0], "refuse options = " + row[0], "read only = no")
                    .endingCutOff();
            for (int i = 1; i < row.length; i++) {
                scenario = scenario.client(row[i] + " s/ @M/");
            }
            all.add(scenario);
        }
        return all;
    }
}
