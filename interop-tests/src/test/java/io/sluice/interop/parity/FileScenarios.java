package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

/** What a module does to the files that are read and written in it: rules, modes, owners, links, places, names. */
final class FileScenarios {
    private static final String LINKS =
            "ln -s a m/plain; ln -s @H/s/new m/out; ln -s ../s/a m/up; ln -s /rsyncd-munged/a m/munged; ln -s sub m/dir";

    static final Group GROUP = Group.of(
            "files",
            "read only = no\n",
            named("excluded to read", "exclude = /sub *.o").client("-ri @M/ d/"),
            named("excluded to ask for", "exclude = /sub")
                    .client("-ri @M/sub/c d/")
                    .differs(
                            "Missing paths",
                            "rsync says: err rsync: [sender] change_dir \"sub\" (in MOD) failed: No such file or directory (2)",
                            "sluice says: err rsync: [sender] link_stat \"/sub/c\" (in MOD) failed: No such file or directory (2)",
                            "rsync logs: STAMP rsync: [sender] change_dir \"sub\" (in MOD) failed: No such file or directory (2)",
                            "sluice logs: STAMP rsync: [sender] link_stat \"/sub/c\" (in MOD) failed: No such file or directory (2)"),
            named("excluded to write", "exclude = /sub").client("-ri s/ @M/").inAnyOrder(),
            named("excluded to write by name", "exclude = /new").client("-i s/new @M/new"),
            named("excluded to write into", "exclude = /sub").client("-i s/new @M/sub/"),
            named("excluded to delete", "exclude = /b.o")
                    .client("-ri --delete s/ @M/")
                    .inAnyOrder(),
            named("included but the rest", "include = /sub/ /sub/**", "exclude = *")
                    .client("-ri @M/ d/"),
            named("filter", "filter = - *.o + /sub/c - /sub/*").client("-ri @M/ d/"),
            named("filter that protects", "filter = P b.o")
                    .client("-ri --delete s/ @M/")
                    .inAnyOrder(),
            named("filter that is wrong", "filter = nonsense")
                    .client("-ri @M/ d/")
                    .differs(
                            "Unusable modules",
                            "rsync says: err rsync: didn't get server startup line",
                            "sluice says: err @ERROR: daemon filter rules failed",
                            "rsync logs: STAMP rsync error: syntax or usage error (code 1) at PLACE [Receiver]"),
            named("exclude from", "exclude from = @H/rules")
                    .prepare("printf '# x\\n*.o\\n' > rules")
                    .client("-ri @M/ d/"),
            named("exclude from a missing file", "exclude from = @H/nosuch")
                    .client("-ri @M/ d/")
                    .differs(
                            "Unusable modules",
                            "rsync says: err rsync: didn't get server startup line",
                            "sluice says: err @ERROR: daemon filter rules failed",
                            "rsync logs: STAMP rsync error: error in file IO (code 11) at PLACE [Receiver]"),
            named("include from", "include from = @H/rules", "exclude = *")
                    .prepare("echo /a > rules")
                    .client("-ri @M/ d/"),
            named("rules of the client too", "exclude = *.o").client("-ri --exclude=/a @M/ d/"),
            named("rules of the client in a file of the module")
                    .prepare("echo '- *.o' > m/.rules")
                    .client("-ri -M--filter=:_.rules @M/ d/"),
            named("rules of the client in a missing file")
                    .client("-ri -M--exclude-from=/nosuch @M/ d/")
                    .endingCutOff()
                    .differs(
                            "Read after the request is logged",
                            "rsync logs: STAMP rsync: [sender] failed to open exclude file HOME/MOD/m/nosuch: No such file or directory (2)",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 0",
                            "sluice logs: STAMP rsync on MOD/ from localhost (127.0.0.1)",
                            "sluice logs: STAMP rsync: failed to open exclude file /nosuch: No such file or directory (2)"),
            named("what CVS ignores")
                    .prepare(
                            "echo '*rd' > m/.cvsignore; for i in word a.bak core.o; do echo $i > m/$i; cp m/$i m/sub; done")
                    .client("-riC @M/ d/")
                    .client("-ri --filter=-C @M/sub/ d/"),
            named("what CVS ignores in a root of its own", "use chroot = yes")
                    .prepare("echo '*rd' > m/.cvsignore; for i in word a.bak; do echo $i > m/$i; cp m/$i m/sub; done")
                    .client("-riC @M/ d/")
                    .client("-ri --filter=-C @M/sub/ d/")
                    .asRoot(),
            named("what CVS ignores is in a hidden file", "use chroot = yes", "exclude = .cvsignore")
                    .prepare("echo '*rd' > m/.cvsignore; for i in word a.bak; do echo $i > m/$i; cp m/$i m/sub; done")
                    .client("-riC @M/ d/")
                    .asRoot(),
            named("incoming chmod", "incoming chmod = D700,F600")
                    .client("-rip s/ @M/")
                    .inAnyOrder(),
            named("incoming chmod without perms", "incoming chmod = Fa-rwx,u+rw")
                    .client("-ri s/ @M/")
                    .inAnyOrder(),
            named("incoming chmod with executability", "incoming chmod = a+x")
                    .client("-riE s/ @M/")
                    .inAnyOrder(),
            named("outgoing chmod", "outgoing chmod = D500,F400").client("-rip @M/ d/"),
            named("outgoing chmod and that of the client", "outgoing chmod = F-w")
                    .client("-rip --chmod=F+x @M/ d/"),
            named("numeric ids", "numeric ids = yes")
                    .prepare("chown 1:2 m/a")
                    .client("-ai @M/ d/")
                    .asRoot(),
            named("names of ids", "numeric ids = no")
                    .prepare("chown 1:2 m/a")
                    .client("-ai @M/ d/")
                    .asRoot(),
            named("unknown ids")
                    .prepare("chown 54321:54322 s/new")
                    .client("-ai s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("owners by map")
                    .client("-ai --usermap=*:12 --groupmap=*:13 s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("fake super to write", "fake super = yes")
                    .prepare("chown 77:78 s/new; chmod 4755 s/new")
                    .client("-ai s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("fake super and back", "fake super = yes")
                    .prepare(
                            "mknod s/null c 1 3; mkfifo s/fifo; ln -s a s/link; chown 77:78 s/new; touch -hd @1000000000 s/null s/fifo s/link s")
                    .client("-ai s/ @M/")
                    .client("-ai @M/ d/")
                    .asRoot()
                    .inAnyOrder(),
            named("links as they are", "munge symlinks = no").prepare(LINKS).client("-rli @M/ d/"),
            named("links by default").prepare(LINKS).client("-rli @M/ d/"),
            named("links to write, munged", "munge symlinks = yes")
                    .prepare("ln -s /etc/passwd s/out; ln -s a s/in")
                    .client("-rli s/ @M/")
                    .inAnyOrder(),
            named("links to read, munged", "munge symlinks = yes")
                    .prepare(LINKS)
                    .client("-rli @M/ d/"),
            named("links followed", "munge symlinks = no")
                    .prepare(LINKS)
                    .client("-rLi @M/ d/")
                    .differs(
                            "Links that lead out",
                            "rsync says: err symlink has no referent: \"munged\" (in MOD)",
                            "rsync says: err rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync says: err rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "sluice says: err rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "rsync logs: STAMP symlink has no referent: \"munged\" (in MOD)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 123",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP sent N bytes  received N bytes  total size 84"),
            named("links followed, munged", "munge symlinks = yes")
                    .prepare(LINKS)
                    .client("-rLi @M/ d/")
                    .differs(
                            "Links that lead out",
                            "rsync says: err symlink has no referent: \"munged\" (in MOD)",
                            "rsync says: err rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync says: err rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "sluice says: err rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "rsync logs: STAMP symlink has no referent: \"munged\" (in MOD)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 123",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP sent N bytes  received N bytes  total size 84"),
            named("unsafe links followed", "munge symlinks = no")
                    .prepare(LINKS)
                    .client("-rli --copy-unsafe-links @M/ d/")
                    .differs(
                            "Links that lead out",
                            "rsync says: err symlink has no referent: \"munged\" (in MOD)",
                            "rsync says: err rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync says: err rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "sluice says: err rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice says: err rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "rsync logs: STAMP symlink has no referent: \"munged\" (in MOD)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"out\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP rsync: [sender] send_files failed to open \"up\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP sent N bytes  received N bytes  total size 97",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"munged\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"up\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP rsync: [sender] readlink_stat(\"out\" (in MOD)) failed: Invalid cross-device link (18)",
                            "sluice logs: STAMP sent N bytes  received N bytes  total size 58"),
            named("safe links alone", "munge symlinks = no").prepare(LINKS).client("-rli --safe-links @M/ d/"),
            named("a link asked for", "munge symlinks = no").prepare(LINKS).client("-rli @M/out d/"),
            named("into a link asked for", "munge symlinks = no").prepare(LINKS).client("-rli @M/dir/ d/"),
            named("a link that leads out followed by insecure links", "munge symlinks = no", "insecure links = yes")
                    .prepare(LINKS)
                    .client("-rLi @M/ d/"),
            named("write into a link", "munge symlinks = no").prepare(LINKS).client("-i s/new @M/dir/"),
            named("write into a link that leads out", "munge symlinks = no")
                    .prepare("ln -s ../s m/away")
                    .client("-i s/new @M/away/other")
                    .differs(
                            "Links that lead out",
                            "rsync says: err rsync: [Receiver] change_dir#3 \"away\" (in MOD) failed: Too many levels of symbolic links (40)",
                            "sluice says: err rsync: [Receiver] ERROR: cannot stat destination \"away/other\" (in MOD): Too many levels of symbolic links (40)",
                            "rsync logs: STAMP rsync: [Receiver] change_dir#3 \"away\" (in MOD) failed: Too many levels of symbolic links (40)",
                            "sluice logs: STAMP rsync: [Receiver] ERROR: cannot stat destination \"away/other\" (in MOD): Too many levels of symbolic links (40)"),
            named("keep links to directories", "munge symlinks = no")
                    .prepare("mkdir m/real; rm -r m/sub; ln -s real m/sub")
                    .client("-riK s/ @M/")
                    .inAnyOrder(),
            named("in a root of its own", "use chroot = yes")
                    .prepare(LINKS)
                    .client("-rli @M/ d/")
                    .asRoot(),
            named("in a root of its own, followed", "use chroot = yes")
                    .prepare("ln -s /sub/c m/inside; ln -s ../../s/a m/out")
                    .client("-rLi @M/ d/")
                    .asRoot(),
            named("in a root of its own, written", "use chroot = yes")
                    .client("-rpti s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("in a root further up", "use chroot = yes", "path = @H/./m")
                    .client("-ri @M/ d/")
                    .client("-ri s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("in a root that is missing", "use chroot = yes", "path = @H/nosuch")
                    .client("-ri @M/ d/")
                    .asRoot(),
            named("in a root with a munged directory", "use chroot = yes", "munge symlinks = yes")
                    .prepare("mkdir m/rsyncd-munged")
                    .client("-ri @M/ d/")
                    .asRoot()
                    .differs(
                            "Unusable modules",
                            "rsync logs: STAMP rsync error: requested action not supported (code 4) at PLACE [Receiver]"),
            named("temporary files elsewhere", "temp dir = /tmp")
                    .prepare("mkdir m/tmp")
                    .client("-ri s/ @M/")
                    .inAnyOrder(),
            named("temporary files in a missing place", "temp dir = /nosuch")
                    .client("-ri s/ @M/")
                    .inAnyOrder()
                    .differs(
                            "Paths on the server",
                            "rsync says: err The temp-dir does not exist: HOME/MOD/m/nosuch",
                            "rsync says: err rsync error: syntax or usage error (code 1) at PLACE [Receiver]",
                            "sluice says: err The temp-dir does not exist: /nosuch",
                            "sluice says: err rsync error: syntax or usage error (code 1) at PLACE [receiver]",
                            "rsync logs: STAMP The temp-dir does not exist: HOME/MOD/m/nosuch",
                            "sluice logs: STAMP The temp-dir does not exist: /nosuch"),
            named("deletion in spite of errors", "ignore errors = yes")
                    .client("-ri --delete s/ s/nosuch @M/")
                    .inAnyOrder(),
            named("charset of the module", "charset = iso-8859-1")
                    .prepare("printf x > \"$(printf 'm/caf\\351')\"")
                    .client("-ri --iconv=utf8 @M/ d/"),
            named("charset of the module to write", "charset = iso-8859-1")
                    .prepare("printf x > 's/café'")
                    .client("-ri --iconv=utf8 s/ @M/")
                    .inAnyOrder(),
            named("charset that cannot say it", "charset = ascii")
                    .prepare("printf x > 's/café'")
                    .client("-ri --iconv=utf8 s/ @M/")
                    .inAnyOrder()
                    .differs(
                            "Names a charset lacks",
                            "rsync says: err ERROR: rejecting non-directory transfer-root entry: .",
                            "rsync says: err rsync error: protocol incompatibility (code 2) at PLACE [Receiver]",
                            "rsync says: ends with 2",
                            "sluice says: out <f.sT...... a",
                            "sluice says: out <f+++++++++ new",
                            "sluice says: out <f.sT...... sub/c",
                            "sluice says: out <f+++++++++ sub/f.o",
                            "sluice says: err rsync error: some files/attrs were not transferred (see previous errors) (code 23) at PLACE [sender]",
                            "sluice says: ends with 23",
                            "rsync logs: STAMP ERROR: rejecting non-directory transfer-root entry: .",
                            "rsync logs: STAMP rsync error: protocol incompatibility (code 2) at PLACE [Receiver]",
                            "rsync leaves: m 40755 uid=0 gid=0 mtime=1000000000",
                            "rsync leaves: m/a 100644 uid=0 gid=0 size=10 mtime=1000000000 crc=960173793",
                            "rsync leaves: m/sub 40755 uid=0 gid=0 mtime=1000000000",
                            "rsync leaves: m/sub/c 100644 uid=0 gid=0 size=10 mtime=1000000000 crc=3623904790",
                            "sluice leaves: m 40755 uid=0 gid=0 mtime=NOW",
                            "sluice leaves: m/a 100644 uid=0 gid=0 size=27 mtime=NOW crc=1739746295",
                            "sluice leaves: m/new 100644 uid=0 gid=0 size=12 mtime=NOW crc=3017180337",
                            "sluice leaves: m/sub 40755 uid=0 gid=0 mtime=NOW",
                            "sluice leaves: m/sub/c 100644 uid=0 gid=0 size=27 mtime=NOW crc=2036363169",
                            "sluice leaves: m/sub/f.o 100644 uid=0 gid=0 size=10 mtime=NOW crc=3629633179"),
            named("no charset, but asked for").client("-ri --iconv=utf8 @M/ d/").endingCutOff(),
            named("charset that nobody knows", "charset = nonsense")
                    .client("-ri --iconv=utf8 @M/ d/")
                    .differs(
                            "Unusable modules",
                            "rsync says: err rsync: didn't get server startup line",
                            "sluice says: err @ERROR: daemon charset is unknown",
                            "rsync logs: STAMP rsync error: requested action not supported (code 4) at PLACE [Receiver]",
                            "sluice logs: STAMP rsync allowed access on module MOD from localhost (127.0.0.1)"),
            named("charset that nobody knows nor asks for", "charset = nonsense")
                    .client("-ri @M/ d/")
                    .differs(
                            "Unusable modules",
                            "rsync says: err rsync: didn't get server startup line",
                            "sluice says: err @ERROR: daemon charset is unknown",
                            "rsync logs: STAMP rsync error: requested action not supported (code 4) at PLACE [Receiver]",
                            "sluice logs: STAMP rsync allowed access on module MOD from localhost (127.0.0.1)"),
            named("compression", "dont compress = *.o")
                    .client("-riz @M/ d/")
                    .client("-riz --compress-choice=zlib @M/ d/"),
            named("compression of nothing", "dont compress = *")
                    .client("-riz s/ @M/")
                    .inAnyOrder(),
            named("timeout of the module", "timeout = 20").client("-ri @M/ d/"),
            named("timeout of the client above", "timeout = 20").client("-ri --timeout=100 @M/ d/"),
            named("verbosity of one", "max verbosity = 1").client("-rvv --info=NAME2 @M/ d/"),
            named("verbosity of nothing", "max verbosity = 0").client("-rvv @M/ d/"),
            named("devices")
                    .prepare("mknod s/null c 1 3; mkfifo s/fifo; touch -d @1000000000 s")
                    .client("-aiD s/ @M/")
                    .asRoot()
                    .inAnyOrder(),
            named("extended attributes")
                    .prepare("setfattr -n user.x -v y s/new 2> /dev/null || true")
                    .client("-riX s/ @M/")
                    .inAnyOrder(),
            named("hard links")
                    .prepare("ln s/new s/other; touch -d @1000000000 s")
                    .client("-aiH s/ @M/")
                    .inAnyOrder(),
            named("unreadable to others", "uid = 12345", "gid = 12346")
                    .prepare("chmod 755 ../.. .. . m; chmod 600 m/a; chmod 700 m/sub")
                    .client("-ri @M/ d/")
                    .asRoot(),
            named("unreadable and ignored", "uid = 12345", "gid = 12346", "ignore nonreadable = yes")
                    .prepare("chmod 755 ../.. .. . m; chmod 600 m/a; chmod 700 m/sub")
                    .client("-ri @M/ d/")
                    .asRoot(),
            named("unwritable to others", "uid = 12345", "gid = 12346")
                    .prepare("chmod 755 ../.. .. . m m/sub")
                    .client("-ri s/ @M/")
                    .asRoot()
                    .inAnyOrder());

    private FileScenarios() {}
}
