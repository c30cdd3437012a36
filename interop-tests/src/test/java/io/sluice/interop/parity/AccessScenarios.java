package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** Who is let in: addresses, users, directions. */
final class AccessScenarios {
    private static final String SECRETS = "secrets file = @H/secrets";
    private static final String PEOPLE =
            "printf 'web1user:correct horse\\n@daemon:group word\\n' > secrets; chmod 600 secrets";

    static final Group GROUP = Group.of(
            "access",
            "",
            named("own address allowed", "hosts allow = 127.0.0.1").client("-r @M/ d/"),
            named("other address allowed", "hosts allow = 10.0.0.1").client("-r @M/ d/"),
            named("own network allowed", "hosts allow = 127.0.0.0/8").client("-r @M/ d/"),
            named("own network by mask", "hosts allow = 127.0.0.0/255.0.0.0").client("-r @M/ d/"),
            named("address denied", "hosts deny = 127.0.0.1").client("-r @M/ d/"),
            named("all denied", "hosts deny = *").client("-r @M/ d/"),
            named("allowed before denied", "hosts allow = 127.0.0.1", "hosts deny = *")
                    .client("-r @M/ d/"),
            named("neither allowed nor denied", "hosts allow = 10.0.0.1", "hosts deny = 10.0.0.2")
                    .client("-r @M/ d/"),
            named("denied, and not listed", "hosts deny = *", "list = no").client("-r @M/ d/"),
            named("host by name", "hosts allow = localhost").client("-r @M/ d/"),
            named("host by pattern of names", "hosts allow = *.example.org").client("-r @M/ d/"),
            named("host by pattern of addresses", "hosts allow = 127.*").client("-r @M/ d/"),
            named("host that does not resolve", "hosts allow = nosuch.invalid").client("-r @M/ d/"),
            named("mask too long", "hosts deny = 127.0.0.1/40").client("-r @M/ d/"),
            named("mask that is none", "hosts deny = 127.0.0.1/x").client("-r @M/ d/"),
            named("no names are looked up", "reverse lookup = no", "hosts deny = localhost")
                    .client("-r @M/ d/"),
            named("no addresses are looked up", "forward lookup = no", "hosts deny = nosuch.invalid")
                    .client("-r @M/ d/"),
            named("password right", "auth users = web1user", SECRETS)
                    .prepare(PEOPLE)
                    .client("-r @M/ d/"),
            named("password wrong", "auth users = web1user", SECRETS)
                    .prepare("echo web1user:wrong > secrets; chmod 600 secrets")
                    .client("-r @M/ d/"),
            named("user not among users", "auth users = joe", SECRETS)
                    .prepare(PEOPLE)
                    .client("-r @M/ d/"),
            named("user without a secret", "auth users = *", SECRETS)
                    .prepare("echo joe:x > secrets; chmod 600 secrets")
                    .client("-r @M/ d/"),
            named("user that only reads", "auth users = web1user:ro", SECRETS, "read only = no")
                    .prepare(PEOPLE)
                    .client("-r s/ @M/")
                    .client("-r @M/ d/"),
            named("user that also writes", "auth users = web1user:rw", SECRETS)
                    .prepare(PEOPLE)
                    .client("-r s/ @M/"),
            named("user that is denied", "auth users = web1user:deny *", SECRETS)
                    .prepare(PEOPLE)
                    .client("-r @M/ d/"),
            named("user that writes only by module", "auth users = web1user:rw", SECRETS, "write only = yes")
                    .prepare(PEOPLE)
                    .client("-r s/ @M/")
                    .client("-r @M/ d/"),
            named("no secrets file", "auth users = web1user").client("-r @M/ d/"),
            named("secrets file is missing", "auth users = web1user", SECRETS).client("-r @M/ d/"),
            named("secrets that others read", "auth users = web1user", SECRETS)
                    .prepare(PEOPLE + "; chmod 644 secrets")
                    .client("-r @M/ d/"),
            named("secrets that others may read", "auth users = web1user", SECRETS, "strict modes = no")
                    .prepare(PEOPLE + "; chmod 644 secrets")
                    .client("-r @M/ d/"),
            named("secrets of somebody else", "auth users = web1user", SECRETS)
                    .prepare(PEOPLE + "; chown 1 secrets")
                    .client("-r @M/ d/")
                    .asRoot(),
            named("secrets that are a link", "auth users = web1user", SECRETS)
                    .prepare(PEOPLE + "; mv secrets real; ln -s real secrets")
                    .client("-r @M/ d/"),
            named("secrets that are a directory", "auth users = web1user", SECRETS)
                    .prepare("mkdir secrets")
                    .client("-r @M/ d/"),
            named("secrets with carriage returns", "auth users = web1user", SECRETS)
                    .prepare("printf '# people\\r\\n\\r\\nweb1user:correct horse\\r\\n' > secrets; chmod 600 secrets")
                    .client("-r @M/ d/"),
            named("secrets without a last newline", "auth users = web1user", SECRETS)
                    .prepare("printf 'web1user:correct horse' > secrets; chmod 600 secrets")
                    .client("-r @M/ d/"),
            named("no user given", "auth users = *", SECRETS)
                    .prepare(PEOPLE)
                    .shell("u=@M; USER= LOGNAME= rsync -r rsync://${u#*@}/ d/"),
            named("strongest digest wanted", "auth users = web1user", SECRETS, "auth digest = sha512")
                    .prepare(PEOPLE)
                    .client("-r @M/ d/")
                    .client("-r --protocol=30 @M/ d/"),
            named(
                            "user in the log of a transfer",
                            "auth users = *",
                            SECRETS,
                            "transfer logging = yes",
                            "log format = %u %f %a")
                    .prepare(PEOPLE)
                    .client("@M/a d/"),
            named("login and refused options", "auth users = *", SECRETS, "refuse options = checksum")
                    .prepare(PEOPLE)
                    .client("-rc @M/ d/")
                    .endingCutOff(),
            named("read only to write to").client("-r s/ @M/"),
            named("read only to delete from").client("-r --delete s/ @M/"),
            named("read only to try to write to").client("-rn s/ @M/"),
            named("read only to remove from")
                    .client("-r --remove-source-files @M/ d/")
                    .endingCutOff(),
            named("read only to take a list from").client("@M/"),
            named("write only to read from", "write only = yes", "read only = no")
                    .client("-r @M/ d/"),
            named("write only to list", "write only = yes", "read only = no").client("@M/"),
            named("write only to write to", "write only = yes", "read only = no")
                    .client("-r s/ @M/"),
            named("both only", "write only = yes", "read only = yes")
                    .client("-r s/ @M/")
                    .client("-r @M/ d/"),
            named("path is missing", "path = @H/nosuch").client("-r @M/ d/"),
            named("path is a file", "path = @H/m/a").client("-r @M/ d/"),
            named("path is empty", "path =").client("-r @M/ d/"),
            named("path is a link", "path = @H/link").prepare("ln -s m link").client("-r @M/ d/"),
            named("path with a variable", "path = @H/%RSYNC_MODULE_NAME%")
                    .prepare("cp -a m @N")
                    .client("-r @M/ d/"),
            named("user that does not exist", "uid = nosuchuser")
                    .client("-r @M/ d/")
                    .asRoot(),
            named("group that does not exist", "gid = nosuchgroup")
                    .client("-r @M/ d/")
                    .asRoot(),
            named("user and group of their own", "uid = 12345", "gid = 12346", "read only = no")
                    .prepare("chmod 755 ../.. .. .; chown -R 12345:12346 m; chmod 700 m")
                    .client("-r s/ @M/")
                    .asRoot(),
            named("user that may not enter", "uid = 12345", "gid = 12346")
                    .prepare("chmod 755 ../.. .. .; chmod 700 m")
                    .client("-r @M/ d/")
                    .asRoot(),
            named("full", "max connections = 1", "lock file = @H/lock")
                    .held("@RSYNCD: 32.0 md5\n@N\n")
                    .client("-r @M/ d/"),
            named("closed", "max connections = -1").client("-r @M/ d/"),
            named("room for two", "max connections = 2", "lock file = @H/lock")
                    .held("@RSYNCD: 32.0 md5\n@N\n")
                    .client("-r @M/ d/"),
            named("no place for the lock file", "max connections = 2", "lock file = @H/nosuch/lock")
                    .client("-r @M/ d/"));

    private AccessScenarios() {}
}
