package io.sluice.protocol.transfer;

import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;

/** What the generator's parts share. */
record Tools(
        Site site,
        AttributeSetter attributes,
        Modes modes,
        Itemizer itemizer,
        QuickCheck quickCheck,
        BasisSearch bases,
        Backup backup,
        Remover remover,
        DirectoryState directories,
        HardLinks links,
        RenamedFiles renamed,
        Receipts receipts) {
    /** Sets the attributes of something whose content is up to date, and names it if everything is named. */
    void keep(Candidate item, Wanted wanted) throws IOException {
        boolean changed = attributes.apply(wanted, item.status());
        if (site.verbosity().names() > 1 && site.verbosity().items() == 0) {
            site.notices().show(new Text().add(item.path()).add(changed ? "" : " is uptodate"));
        }
    }
}
