package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** Secrets of groups, how a password is proved, and how many may be there at a time. */
final class LoginScenarios {
    private static final String SECRETS = "secrets file = @H/secrets";
    private static final String GROUPS =
            "printf '@daemon:group word\\n@root:root word\\ndaemon:correct horse\\n@bin:bin word\\n' > secrets; chmod 600 secrets";
    private static final String MODERN = "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n@N\n";
    private static final String ANSWER = "daemon x\n";
    private static final String BUSY = "@RSYNCD: 32.0 md5\n@N\n";

    static final Group GROUP = Group.of(
            "logins",
            "reverse lookup = no\n",
            named("group by its own word", "auth users = @daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word")),
            named("group by the user's own word", "auth users = @daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "correct horse")),
            named("group by another group's word", "auth users = @daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "root word")),
            named("group of somebody else", "auth users = @bin", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "bin word")),
            named("group of somebody whom nobody knows", "auth users = @daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("nosuchuser", "group word")),
            named("group that nobody knows", "auth users = @nosuchgroup daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "correct horse")),
            named("user before the group", "auth users = daemon @daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word")),
            named("group before the user", "auth users = @daemon daemon", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word"))
                    .shell(as("daemon", "correct horse")),
            named("group by a pattern", "auth users = @d*", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word")),
            named("group that is denied", "auth users = @daemon:deny *", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("daemon", "correct horse")),
            named("group that only reads", "auth users = @daemon:ro", SECRETS, "read only = no")
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word"))
                    .shell("u=@M; RSYNC_PASSWORD='group word' rsync -r s/ rsync://daemon@${u#*@}/"),
            named("group that writes", "auth users = @daemon:rw", SECRETS)
                    .prepare(GROUPS)
                    .shell("u=@M; RSYNC_PASSWORD='group word' rsync -r s/ rsync://daemon@${u#*@}/"),
            named("user called like a line of a group", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .shell(as("@daemon", "group word")),
            named("group in the log", "auth users = @daemon", SECRETS, "transfer logging = yes", "log format = %u %f")
                    .prepare(GROUPS)
                    .shell(as("daemon", "group word")),
            named("two words of one user", "auth users = *", SECRETS)
                    .prepare("printf 'daemon:first\\ndaemon:second\\n' > secrets; chmod 600 secrets")
                    .shell(as("daemon", "second"))
                    .shell(as("daemon", "first")),
            named("word with a colon and a hash", "auth users = *", SECRETS)
                    .prepare("printf 'daemon:a:b#c d\\n' > secrets; chmod 600 secrets")
                    .shell(as("daemon", "a:b#c d")),
            named("digests in nobody's list", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 sha3 foo\n@N\n" + ANSWER),
            named("weak digest where none is wanted", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 md4\n@N\n" + ANSWER),
            named("digest wanted is offered", "auth users = *", SECRETS, "auth digest = sha256")
                    .prepare(GROUPS)
                    .bytes(MODERN + ANSWER),
            named("digest wanted is the only one", "auth users = *", SECRETS, "auth digest = sha256")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 sha256\n@N\n" + ANSWER),
            named("digest stronger than wanted", "auth users = *", SECRETS, "auth digest = sha1")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 sha512\n@N\n" + ANSWER),
            named("digest weaker than wanted", "auth users = *", SECRETS, "auth digest = sha256")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 sha1 md5\n@N\n" + ANSWER),
            named("no list of digests", "auth users = *", SECRETS, "auth digest = sha1")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 31.0\n@N\n" + ANSWER),
            named("no list of digests where md5 will do", "auth users = *", SECRETS, "auth digest = md5")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 31.0\n@N\n" + ANSWER),
            named("old client where md5 is wanted", "auth users = *", SECRETS, "auth digest = md5")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 29\n@N\n" + ANSWER),
            named("old client where md4 will do", "auth users = *", SECRETS, "auth digest = md4")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 29\n@N\n" + ANSWER),
            named("digest wanted in capitals", "auth users = *", SECRETS, "auth digest = SHA256")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 md5\n@N\n" + ANSWER),
            named("digest wanted that nobody knows", "auth users = *", SECRETS, "auth digest = sha3")
                    .prepare(GROUPS)
                    .bytes(MODERN)
                    .shell(as("daemon", "correct horse")),
            named("digest wanted of nothing", "auth users = *", SECRETS, "auth digest =")
                    .prepare(GROUPS)
                    .bytes("@RSYNCD: 32.0 md4\n@N\n" + ANSWER),
            named("two digests wanted", "auth users = *", SECRETS, "auth digest = sha256 sha1")
                    .prepare(GROUPS)
                    .bytes(MODERN + ANSWER),
            named("digest wanted where nobody logs in", "auth digest = sha512").client("-r --protocol=29 @M/ d/"),
            named("answer without a word", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes(MODERN + "daemon\n"),
            named("answer of nonsense", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes(MODERN + "daemon ====\n"),
            named("answer of nothing", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes(MODERN + "\n"),
            named("no answer", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes(MODERN)
                    .differs(
                            "Half a request",
                            "rsync says: @ERROR: auth failed on module MOD",
                            "rsync logs: STAMP auth failed on module MOD from UNDETERMINED (127.0.0.1): invalid challenge response"),
            named("answer of a long name", "auth users = *", SECRETS)
                    .prepare(GROUPS)
                    .bytes(MODERN + "d".repeat(1000) + " x\n"),
            named("full for another module too", "max connections = 1", "lock file = @H/lock", "path = @H/m", other(1))
                    .held(BUSY)
                    .client("-r @U/@N-other/ d/"),
            named(
                            "full for a module with more room",
                            "max connections = 1",
                            "lock file = @H/lock",
                            "path = @H/m",
                            other(2))
                    .held(BUSY)
                    .client("-r @U/@N-other/ d/")
                    .client("-r @M/ d/"),
            named("full by two modules", "max connections = 2", "lock file = @H/lock", "path = @H/m", other(2))
                    .held(BUSY)
                    .held("@RSYNCD: 32.0 md5\n@N-other\n")
                    .client("-r @U/@N-other/ d/"),
            named("room again", "max connections = 1", "lock file = @H/lock")
                    .client("-r @M/ d/")
                    .client("-r @M/ d/"),
            named("lock file of another kind", "max connections = 1", "lock file = @H/lock")
                    .prepare("mkdir lock")
                    .client("-r @M/ d/"),
            named("lock file that is a link", "max connections = 1", "lock file = @H/lock")
                    .prepare("ln -s real lock")
                    .client("-r @M/ d/"),
            named("lock file in a root of its own", "max connections = 1", "lock file = @H/lock", "use chroot = yes")
                    .held(BUSY)
                    .client("-r @M/ d/")
                    .asRoot());

    private static String as(String user, String password) {
        return "u=@M; RSYNC_PASSWORD='" + password + "' rsync -r rsync://" + user + "@${u#*@}/ d/";
    }

    /** A second module, with the same lock file. */
    private static String other(int most) {
        return "[@N-other]\nmax connections = " + most + "\nlock file = @H/lock\npath = @H/m";
    }

    private LoginScenarios() {}
}
