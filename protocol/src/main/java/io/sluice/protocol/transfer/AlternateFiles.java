package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.files.TemporaryFile;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.BasisOptions.Kind;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import io.sluice.protocol.transfer.BasisSearch.Fit;
import java.io.IOException;

/** Takes regular files from the directories of {@code --compare-dest}, {@code --copy-dest} or {@code --link-dest}. Used by the generator. */
final class AlternateFiles {
    private final Site site;
    private final Tools tools;
    private final BasisSearch search;
    private final ContentCopy copies;
    private final CarriedAttributes attributes;

    /** What a file that was found is good for. */
    enum Use {
        /** Nothing, or nothing was found. */
        NOTHING,
        /** The entry is in its place, as a copy. */
        COPIED,
        /** The entry is in its place, as a link to what was found. */
        LINKED,
        /** It stays out of its place, as another directory has it. */
        LEFT_OUT,
        /** As a basis. */
        BASIS
    }

    AlternateFiles(Site site, Tools tools) {
        this.site = site;
        this.tools = tools;
        this.search = tools.bases();
        this.attributes = new CarriedAttributes(site);
        this.copies = new ContentCopy(site.options().placement().fsync());
    }

    /** Uses what there is for {@code item}; something that is here already is replaced only by what is identical to the entry. */
    Use use(Candidate item) throws IOException {
        if (!search.isActive() || (item.exists() && search.kind() == Kind.COPY)) {
            return Use.NOTHING;
        }
        Fit fit = search.search(item);
        if (fit == Fit.NOTHING) {
            return Use.NOTHING;
        }
        if (fit == Fit.IDENTICAL && search.kind() != Kind.COPY) {
            if (search.kind() == Kind.COMPARE) {
                return leave(item);
            }
            if (item.exists() && isSameFile(item)) {
                return Use.NOTHING;
            }
            if (link(item)) {
                return Use.LINKED;
            }
        }
        if (item.exists()) {
            return Use.NOTHING;
        }
        if (fit == Fit.SAME_TYPE) {
            return Use.BASIS;
        }
        return copy(item, fit) ? Use.COPIED : Use.NOTHING;
    }

    private boolean isSameFile(Candidate item) {
        return item.status().inode() == search.status().inode()
                && item.status().device() == search.status().device();
    }

    private Use leave(Candidate item) throws IOException {
        if (item.exists() && !site.dryRun()) {
            site.tree().removeFile(item.path());
        }
        tools.itemizer().tell(item, search.place(item), search.status(), 0);
        tellUpToDate(item, "");
        return Use.LEFT_OUT;
    }

    private boolean link(Candidate item) throws IOException {
        TreePath from = search.place(item);
        if (!site.dryRun()) {
            try {
                site.tree().replacing().hardLinkFrom(from, item.path());
            } catch (IOException e) {
                if (site.verbosity().names() > 0) {
                    Text what = Text.of("link ").add(site.notices().quote(item.path()));
                    site.notices()
                            .info(site.notices()
                                    .failure(what.add(" => ").add(from.path()).add(" failed"), e));
                }
                return false;
            }
        }
        int base = ItemFlags.LOCAL_CHANGE | ItemFlags.XNAME_FOLLOWS;
        if (site.verbosity().wantsUnchanged()) {
            tools.itemizer().tell(item, from, search.status(), base | Itemizer.MATCHED);
        }
        tellUpToDate(item, "");
        return true;
    }

    private boolean copy(Candidate item, Fit fit) throws IOException {
        TreePath from = search.place(item);
        if (!site.dryRun()) {
            try (OpenFile source = from.openForReading();
                    TemporaryFile copy = site.tree().createTemporary(item.path())) {
                copies.copy(source, copy.file());
                attributes.copyOthers(from, copy.file(), item.path());
                copy.file().status(item.status());
                Wanted wanted = new Wanted(item.path(), copy.file(), item.entry(), item.mode(), TimeRule.EXACT);
                tools.attributes().apply(wanted, item.status());
                copy.commit(item.path());
            } catch (IOException e) {
                Text what = Text.of("copy_file ").add(site.notices().quote(from.path()));
                site.notices().info(site.notices().failure(what.add(" => ").add(item.path()), e));
                return false;
            }
        }
        tools.itemizer().tell(item, from, search.status(), ItemFlags.LOCAL_CHANGE);
        if (fit == Fit.IDENTICAL) {
            tellUpToDate(item, "");
        }
        return true;
    }

    private void tellUpToDate(Candidate item, String mark) {
        if (site.verbosity().names() > 1 && site.verbosity().items() == 0) {
            site.notices().show(new Text().add(item.path()).add(mark + " is uptodate"));
        }
    }
}
