package io.sluice.interop.parity;

import static io.sluice.interop.parity.Scenario.named;

import java.util.List;

/** Links in a module without a root of its own that lead to files of rules, and to directories to compare with. */
final class LinkScenarios {
    private static final String ASK = "-ri -M--filter=:_.rules @M/ d/";
    private static final String OUTSIDE = "mkdir other; echo '- a' > other/rules; touch -d @1000000000 other/rules; ";
    private static final String INSIDE = "echo '- a' > m/rules; touch -d @1000000000 m/rules; ";

    static final Group GROUP = Group.of(
            "links",
            "read only = no\n",
            rules("beside it", "rules"),
            rules("by its real path", "@H/m/rules"),
            rules("by its real path, roundabout", "@H/m/sub/../rules"),
            rules("by its real path and back", "@H/m/../m/rules"),
            rules("out and in again", "../m/rules"),
            rules("by way of elsewhere", "@H/other/../m/rules"),
            rules("as if the module were the root", "/rules"),
            rules("outside", "../other/rules"),
            rules("outside by its real path", "@H/other/rules"),
            rules("of a link", "@H/m/more"),
            rules("of a link that leads out", "@H/m/way"),
            rules("of nothing", "@H/m/nosuch"),
            named("rules by a link in a root of its own", "use chroot = yes")
                    .prepare(OUTSIDE + INSIDE + "ln -s /rules m/.rules")
                    .client(ASK)
                    .asRoot(),
            named("rules by a link of the real path in a root of its own", "use chroot = yes")
                    .prepare(OUTSIDE + INSIDE + "ln -s @H/m/rules m/.rules")
                    .client(ASK)
                    .asRoot(),
            named("rules by a link into an inner root", "path = @H/./m", "use chroot = yes")
                    .prepare(OUTSIDE + INSIDE + "ln -s /m/rules m/.rules")
                    .client(ASK)
                    .asRoot(),
            named("rules by a link that leads out, insecure", "insecure links = yes")
                    .prepare(OUTSIDE + INSIDE + "ln -s @H/other/rules m/.rules")
                    .client(ASK),
            basis("--link-dest", "directory"),
            basis("--copy-dest", "directory"),
            basis("--compare-dest", "directory"),
            basis("--link-dest", "inside"),
            basis("--copy-dest", "inside"),
            basis("--compare-dest", "inside"),
            lost("--link-dest", "nowhere", " does not exist"),
            lost("--copy-dest", "file", " is not a dir"),
            lost("--compare-dest", "directory/nosuch", " does not exist"));

    private LinkScenarios() {}

    /** A directory's file of rules that is a link with this target. */
    private static Scenario rules(String name, String target) {
        return named("rules by a link: " + name)
                .prepare(OUTSIDE + INSIDE + "ln -s ../other/rules m/way; ln -s rules m/more; ln -s " + target
                        + " m/.rules")
                .client(ASK);
    }

    /** A directory to compare with that is a link. */
    private static Scenario basis(String option, String link) {
        return named(option + " by a link: " + link)
                .prepare("cp -rp s other; cp -rp s/. m/sub; ln -s ../other m/directory; ln -s ../nosuch m/nowhere;"
                        + " ln -s ../s/a m/file; ln -s sub m/inside")
                .client("-rti " + option + "=/" + link + " s/ @M/fresh/")
                .inAnyOrder();
    }

    /** One that leads to what is no directory, which is told of what is in the module only. */
    private static Scenario lost(String option, String link, String what) {
        String text = option + " arg" + what + ": HOME/MOD/m/" + link;
        List<String> lines = List.of("rsync says: err " + text, "rsync logs: STAMP " + text);
        return basis(option, link).differs("Links that lead out", lines.toArray(String[]::new));
    }
}
