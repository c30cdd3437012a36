package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

import java.util.List;

/** Who owns what: names of users and groups that a program knows, and daemons that are not root. */
final class NameScenarios {
    private static final String CONVERTER = """
            cat > names <<'END'
            #!/bin/sh
            echo "for $RSYNC_MODULE_NAME" | sed 's/mod[0-9]*/MOD/' > $0.asked
            while read -r kind name; do
                echo "$kind $name" >> $0.asked
                case "$kind $name" in
                    'uid 0') echo boss ;;
                    'gid 0') echo staff of all ;;
                    'uid 4321') echo ;;
                    'usr boss' | 'usr joe') echo 4321 ;;
                    'grp staff' | 'grp joe') echo 4322 ;;
                    'usr odd') echo -1 ;;
                    'usr root') echo 77x ;;
                    *) echo ;;
                esac
            done
            END
            chmod 755 names
            """;

    private static final Group CONVERTED = Group.of(
            "names that a program converts",
            "read only = no\nnumeric ids = no\n",
            named("names to read", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog @M/ d/")
                    .asRoot(),
            named("names to write", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog s/ @M/")
                    .asRoot(),
            named("owner by name", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --chown=joe:staff s/ @M/")
                    .asRoot(),
            named("owner that has no number", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --chown=nobody:nogroup s/ @M/")
                    .asRoot(),
            named("owner of an odd number", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --chown=odd s/ @M/")
                    .asRoot(),
            named("owners by map", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --usermap=root:joe,*:boss --groupmap=*:joe s/ @M/")
                    .shell("sort -o names.asked names.asked")
                    .asRoot(),
            named("numbers all the same", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --numeric-ids s/ @M/")
                    .asRoot(),
            named("numbers all the same to read", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-riog --numeric-ids @M/ d/")
                    .asRoot(),
            named("converter that nobody needs", "name converter = @H/names")
                    .prepare(CONVERTER)
                    .client("-ri s/ @M/")
                    .asRoot(),
            named("converter in a root of its own", "name converter = @H/names", "use chroot = yes")
                    .prepare(CONVERTER)
                    .client("-riog --chown=joe:staff s/ @M/")
                    .asRoot(),
            named("converter that is missing", "name converter = @H/nosuch")
                    .client("-riog s/ @M/")
                    .asRoot(),
            named("converter that ends at once", "name converter = true")
                    .client("-riog s/ @M/")
                    .asRoot(),
            named(
                            "converter that answers without end",
                            "name converter = echo _; head -c 100000 /dev/zero | tr '\\0' 7")
                    .client("-riog s/ @M/")
                    .asRoot(),
            named("converter and a user of the module", "name converter = @H/names", "uid = joe", "gid = staff")
                    .prepare(CONVERTER + "chmod 755 ../.. .. .; chmod -R a+rwX m .")
                    .client("-riog s/ @M/")
                    .asRoot());

    private static final String OPEN = "chmod 755 ../.. .. .; chmod -R a+rwX .";

    private static final Group NOT_ROOT = Group.of(
                    "a daemon that is not root",
                    "daemon uid = 12345\ndaemon gid = 12346\nuid =\ngid =\nread only = no\nnumeric ids = yes\n",
                    named("pull from who is not root")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("no root of its own for who is not root", "use chroot = unset")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("owners kept by who is not root")
                            .prepare(OPEN + "; chown 1:1 s/a")
                            .client("-riog s/ @M/")
                            .asRoot(),
                    named("owners played by who is not root", "fake super = yes")
                            .prepare(OPEN + "; chown 1:1 s/a")
                            .client("-riog s/ @M/")
                            .asRoot(),
                    named("devices to who is not root")
                            .prepare(OPEN + "; mknod s/null c 1 3; mkfifo s/pipe")
                            .client("-riD s/ @M/")
                            .inAnyOrder()
                            .asRoot(),
                    named("unreadable to who is not root")
                            .prepare(OPEN + "; chmod 600 m/a")
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("unwritable to who is not root")
                            .prepare(OPEN + "; chmod 755 m/sub")
                            .client("-ri s/ @M/")
                            .inAnyOrder()
                            .asRoot(),
                    named("same user for who is not root", "uid = 12345")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("another user for who is not root", "uid = daemon")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("another group for who is not root", "gid = daemon")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("same group for who is not root", "gid = 12346")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("all groups for who is not root", "gid = *")
                            .prepare(OPEN)
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("same user and another group for who is not root", "uid = 12345", "gid = daemon")
                            .prepare(OPEN)
                            .client("-ri s/ @M/")
                            .asRoot(),
                    named("directories of root for who is not root")
                            .prepare(OPEN)
                            .client("-rlptgoi s/ @M/")
                            .inAnyOrder()
                            .asRoot(),
                    named("directories of root and of another time for who is not root")
                            .prepare(OPEN + "; touch -d 2001-01-01 m/sub m")
                            .client("-rlptgoi s/ @M/")
                            .inAnyOrder()
                            .asRoot(),
                    named("root of a module's own for who is not root", "use chroot = yes")
                            .prepare(OPEN)
                            .client("-ni @M/a d/")
                            .asRoot()
                            .differs(
                                    "Roots without root",
                                    "rsync says: err @ERROR: chroot failed",
                                    "rsync says: err rsync error: error starting client-server protocol (code 5) at PLACE [Receiver]",
                                    "rsync says: ends with 5",
                                    "sluice says: out >f+++++++++ a",
                                    "sluice says: ends with 0",
                                    "rsync logs: STAMP rsync: [Receiver] chroot(\"HOME/MOD/m\") failed: Operation not permitted (1)",
                                    "sluice logs: STAMP rsync on MOD/a from localhost (127.0.0.1)",
                                    "sluice logs: STAMP building file list",
                                    "sluice logs: STAMP sent N bytes  received N bytes  total size 10"),
                    named("secrets of root for who is not root", "auth users = web1user", "secrets file = @H/secrets")
                            .prepare(OPEN + "; echo 'web1user:correct horse' > secrets; chmod 600 secrets")
                            .client("-ri @M/ d/")
                            .asRoot(),
                    named("secrets of who is not root", "auth users = web1user", "secrets file = @H/secrets")
                            .prepare(
                                    OPEN
                                            + "; echo 'web1user:correct horse' > secrets; chmod 600 secrets; chown 12345 secrets")
                            .client("-ri @M/ d/")
                            .asRoot())
            .prepare("chmod 755 ../.. .. .; : > log; chown 12345 . log");

    private static final Group STARTED_WITHOUT_ROOT = NOT_ROOT.byOrdinaryUser(
            "a daemon that an ordinary user started", "uid =\ngid =\nread only = no\nnumeric ids = yes\n");

    static final List<Group> GROUPS = List.of(CONVERTED, NOT_ROOT, STARTED_WITHOUT_ROOT);

    private NameScenarios() {}
}
