package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** Which files a client means: odd paths, wildcards, several, missing ones, lists of names. */
final class PathScenarios {
    static final Group GROUP = Group.of(
            "paths",
            "read only = no\n",
            named("the module itself").client("-ri @M d/"),
            named("the module's content").client("-ri @M/ d/"),
            named("list of a directory").client("@M/sub/"),
            named("list of a file").client("@M/a"),
            named("list of a missing file").client("@M/nosuch"),
            named("a directory with and without a slash")
                    .client("-ri @M/sub d/")
                    .client("-ri @M/sub/ d/"),
            named("a missing source").client("-ri @M/nosuch d/"),
            named("a missing source below a file").client("-ri @M/a/b d/"),
            named("a missing directory").client("-ri @M/nosuch/ d/"),
            named("parent of the module")
                    .client("-ri @M/.. d/")
                    .differs(
                            "Client gives up",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 54",
                            "sluice logs: STAMP rsync: the peer gave up (code 4)"),
            named("beyond the module").client("-ri @M/../../s d/"),
            named("back into the module").client("-ri @M/sub/../a d/"),
            named("dots in between").client("-ri @M/./sub/./c d/"),
            named("bytes that are no text", "log file = @H/log")
                    .shell("rsync -r s/a \"@M/$(printf 'a\\377b')\"; LC_ALL=C grep -ac \"to @N/$(printf 'a\\377b')"
                            + " from\" log; rm log m/a?b"),
            named("a dot at the end").client("-ri @M/sub/. d/"),
            named("dots at the end").client("-ri @M/./sub/deep/./. d/"),
            named("a dot at the end, not recursively").client("-dti @M/sub/. d/"),
            named("a dot behind a star").client("-ri @M/*/. d/"),
            named("a dot behind a file").client("-ri @M/a/. d/").endingCutOff(),
            named("relative with a dot at the end").client("-riR @M/sub/deep/. d/"),
            named("a dot at the end of a directory to come").client("-ri s/a @M/fresh/."),
            named("a dot at the end of a directory that is there").client("-ri s/ @M/sub/."),
            named("relative from a dot").client("-riR @M/sub/./deep/e d/"),
            named("relative").client("-riR @M/sub/deep/e d/"),
            named("relative without implied directories").client("-riR --no-implied-dirs @M/sub/deep/e d/"),
            named("relative beyond")
                    .client("-riR @M/../sub/deep d/")
                    .differs(
                            "Client gives up",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 10",
                            "sluice logs: STAMP rsync: the peer gave up (code 4)"),
            named("slashes doubled").client("-ri @M//sub//c d/"),
            named("a star").client("-ri @M/* d/"),
            named("a star for a part").client("-ri @M/s*/c d/"),
            named("a question mark").client("-ri @M/? d/"),
            named("a class").client("-ri @M/[a-b]* d/"),
            named("a class that is open").client("-ri @M/[a d/"),
            named("a star that matches nothing").client("-ri @M/x* d/"),
            named("two stars").client("-ri @M/**/e d/"),
            named("a dot and a star").prepare("echo h > m/.hidden").client("-ri @M/.* d/"),
            named("hidden ones are no match").prepare("echo h > m/.hidden").client("-ri @M/*en d/"),
            named("a space").client("-ri @M/with_space d/"),
            named("a space, secluded").client("-ris @M/with_space d/"),
            named("a space by old arguments").client("-ri --old-args @M/with_space d/"),
            named("two by old arguments").client("-ri --old-args @M/a_@N/b.o d/"),
            named("two by new arguments").client("-ri @M/a_@N/b.o d/"),
            named("a star as such")
                    .prepare("echo s > 'm/st*r'; echo t > m/star")
                    .client("-ri @M/st\\*r d/"),
            named("a star, secluded").client("-ris @M/s* d/"),
            named("several").client("-ri @M/a @M/b.o d/"),
            named("several with one missing").client("-ri @M/a @M/nosuch d/"),
            named("the same twice").client("-ri @M/a @M/a d/"),
            named("colon for what follows").client("-ri @M/a :@N/b.o d/"),
            named("a backslash").prepare("echo s > 'm/b\\s'").client("-ri @M/b\\s d/"),
            named("a control character")
                    .prepare("printf x > \"$(printf 'm/bell\\007')\"")
                    .client("-ri @M/bell\u0007 d/"),
            named("control characters listed")
                    .prepare("printf x > \"$(printf 'm/bell\\007\\n\\377')\"")
                    .client("-ri @M/ d/"),
            named("a tilde").client("-ri @M/~root d/"),
            named("a dollar and quotes").prepare("echo q > \"m/\\$(x)'\"").client("-ri @M/$(x)' d/"),
            named("a dash")
                    .prepare("rm -r m/*; echo q > m/-x; echo r > m/r")
                    .client("-ri @M/-x d/")
                    .differs(
                            "Names like options",
                            "rsync says: err ERROR: rejecting unrequested file-list name: r",
                            "rsync says: err rsync error: requested action not supported (code 4) at PLACE [Receiver]",
                            "rsync says: ends with 4",
                            "sluice says: out >f+++++++++ -x",
                            "sluice says: ends with 0",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 4",
                            "rsync logs: STAMP rsync error: requested action not supported (code 4) at PLACE [sender]",
                            "sluice logs: STAMP sent N bytes  received N bytes  total size 2",
                            "rsync leaves: d 40755 uid=0 gid=0 mtime=1000000000",
                            "sluice leaves: d 40755 uid=0 gid=0 mtime=NOW",
                            "sluice leaves: d/-x 100644 uid=0 gid=0 size=2 mtime=NOW crc=913838874"),
            named("too many letters").client("-ri @M/" + "x".repeat(300) + " d/"),
            named("a path too long").client("-ri @M/" + "x/".repeat(300) + " d/"),
            named("a directory without recursion").client("-i @M/sub d/"),
            named("directories alone").client("-di @M/ d/"),
            named("names from here").prepare("printf 'a\\nsub/c\\n' > list").client("-ri --files-from=list @M/ d/"),
            named("names from there")
                    .prepare("printf 'a\\nsub/c\\n' > m/list")
                    .client("-ri --files-from=:/list @M/ d/"),
            named("names from there in a directory")
                    .prepare("printf 'c\\n' > m/sub/list")
                    .client("-ri --files-from=:/sub/list @M/sub d/")
                    .differs(
                            "List below a directory",
                            "rsync says: err file has vanished: \"/sub/c\" (in MOD)",
                            "rsync says: err rsync warning: some files vanished before they could be transferred (code"
                                    + " 24) at PLACE [generator]",
                            "rsync says: ends with 24",
                            "sluice says: out >f+++++++++ c",
                            "sluice says: ends with 0",
                            "rsync logs: STAMP file has vanished: \"/sub/c\" (in MOD)",
                            "rsync leaves: d 40755 uid=0 gid=0 mtime=1000000000",
                            "sluice leaves: d 40755 uid=0 gid=0 mtime=NOW",
                            "sluice leaves: d/c 100644 uid=0 gid=0 size=10 mtime=NOW crc=3623904790"),
            named("names from there to push")
                    .prepare("printf 'a\\nsub/c\\n' > m/list")
                    .client("-ri --files-from=:/list s/ @M/"),
            named("names from here to push")
                    .prepare("printf 'a\\nsub/c\\nnosuch\\n' > list")
                    .client("-ri --files-from=list s/ @M/"),
            named("names that lead out")
                    .prepare("printf '../s/a\\n/sub/../a\\n' > list")
                    .client("-ri --files-from=list @M/ d/")
                    .differs(
                            "Client gives up",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 10",
                            "sluice logs: STAMP rsync: the peer gave up (code 4)"),
            named("a missing name").prepare("printf 'a\\nnosuch\\n' > list").client("-ri --files-from=list @M/ d/"),
            named("a missing list")
                    .client("-ri --files-from=:/nosuch @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Paths on the server",
                            "rsync says: err rsync: failed to open files-from file HOME/MOD/m/nosuch: No such file or"
                                    + " directory",
                            "sluice says: err rsync: failed to open files-from file /nosuch: No such file or directory",
                            "rsync logs: STAMP rsync: failed to open files-from file HOME/MOD/m/nosuch: No such file"
                                    + " or directory",
                            "sluice logs: STAMP rsync: failed to open files-from file /nosuch: No such file or"
                                    + " directory"),
            named("a list that leads out")
                    .prepare("echo a > list")
                    .client("-ri --files-from=:/../list @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Paths on the server",
                            "rsync says: err rsync: failed to open files-from file HOME/MOD/m/list: No such file or"
                                    + " directory",
                            "sluice says: err rsync: failed to open files-from file /../list: No such file or"
                                    + " directory",
                            "rsync logs: STAMP rsync: failed to open files-from file HOME/MOD/m/list: No such file or"
                                    + " directory",
                            "sluice logs: STAMP rsync: failed to open files-from file /../list: No such file or"
                                    + " directory"),
            named("names that end with NUL")
                    .prepare("printf 'a\\0sub/c\\0' > m/list")
                    .client("-ri0 --files-from=:/list @M/ d/"),
            named("names with carriage returns")
                    .prepare("printf 'a\\r\\nsub/c\\r\\n' > m/list")
                    .client("-ri --files-from=:/list @M/ d/"),
            named("comments and empty names")
                    .prepare("printf '#x\\n;y\\n\\n\\na\\n' > m/list")
                    .client("-ri --files-from=:/list @M/ d/"),
            named("missing names are no error")
                    .prepare("printf 'a\\nnosuch\\n' > list")
                    .client("-ri --ignore-missing-args --files-from=list @M/ d/"),
            named("missing names are deleted")
                    .prepare("echo o > d/nosuch; printf 'a\\nnosuch\\n' > list")
                    .client("-ri --delete-missing-args --files-from=list @M/ d/"),
            named("push a file to a new name").client("-i s/new @M/other"),
            named("push a file into a directory").client("-i s/new @M/sub/"),
            named("push a file into a new directory").client("-i s/new @M/fresh/"),
            named("push below a missing directory").client("-i s/new @M/no/such/x"),
            named("push below a missing directory that is made").client("-i --mkpath s/new @M/no/such/x"),
            named("push two onto a file").client("-i s/new s/a @M/b.o"),
            named("push a directory onto a file").client("-ri s/sub @M/a"),
            named("push to the parent").client("-i s/new @M/../x"),
            named("push to a path with a space").client("-i s/new @M/with_other_space"),
            named("push to a star").client("-i s/new @M/su*/"),
            named("push nothing").client("-i s/nosuch @M/"),
            named("push some that are missing").client("-i s/nosuch s/new @M/"),
            named("push without a path").client("-ri s/ @M"),
            named("delete with what is pushed").client("-ri --delete s/ @M/").inAnyOrder(),
            named("delete is kept back by errors")
                    .prepare("mkdir s/shut; chmod 0 s/shut")
                    .client("-ri --delete s/ s/nosuch @M/")
                    .inAnyOrder(),
            named("remove what was sent").client("-ri --remove-source-files @M/ d/"),
            named("backups").client("-ri --backup --backup-dir=old s/ @M/").inAnyOrder(),
            named("backups beyond the module")
                    .client("-ri --backup --backup-dir=../old s/ @M/")
                    .inAnyOrder(),
            named("backups at the root")
                    .client("-ri --backup --backup-dir=/old s/ @M/")
                    .inAnyOrder(),
            named("partial directory beyond the module")
                    .client("-ri --partial-dir=/../part s/ @M/")
                    .inAnyOrder(),
            named("temporary directory of the client")
                    .client("-ri -T/nosuch s/ @M/")
                    .inAnyOrder()
                    .differs(
                            "Paths on the server",
                            "rsync says: err The temp-dir does not exist: HOME/MOD/m/nosuch",
                            "rsync says: err rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                            "sluice says: err The temp-dir does not exist: /nosuch",
                            "sluice says: err rsync error: syntax or usage error (code 1) at PLACE [receiver]",
                            "rsync logs: STAMP The temp-dir does not exist: HOME/MOD/m/nosuch",
                            "sluice logs: STAMP The temp-dir does not exist: /nosuch"),
            named("other directories to compare with")
                    .client("-ri --link-dest=/sub s/sub/ @M/fresh/")
                    .inAnyOrder(),
            named("other directories beyond the module")
                    .client("-ri --copy-dest=../../s s/ @M/fresh/")
                    .inAnyOrder()
                    .differs(
                            "Paths on the server",
                            "rsync says: err --copy-dest arg does not exist: ../s",
                            "sluice says: err --copy-dest arg does not exist: ../../s",
                            "rsync logs: STAMP --copy-dest arg does not exist: ../s",
                            "sluice logs: STAMP --copy-dest arg does not exist: ../../s"),
            named("other directories that are missing")
                    .client("-ri --compare-dest=/nosuch s/ @M/fresh/")
                    .inAnyOrder()
                    .differs(
                            "Paths on the server",
                            "rsync says: err --compare-dest arg does not exist: HOME/MOD/m/nosuch",
                            "sluice says: err --compare-dest arg does not exist: /nosuch",
                            "rsync logs: STAMP --compare-dest arg does not exist: HOME/MOD/m/nosuch",
                            "sluice logs: STAMP --compare-dest arg does not exist: /nosuch"));

    private PathScenarios() {}
}
