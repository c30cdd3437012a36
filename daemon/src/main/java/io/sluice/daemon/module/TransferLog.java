package io.sluice.daemon.module;

import io.sluice.daemon.config.LogRules;
import io.sluice.daemon.log.ItemLog;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.log.LogFormat;
import io.sluice.daemon.log.LogSeverity;
import io.sluice.daemon.log.TransferFacts;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what a transfer tells to the module's log, as rsync's daemon does. */
final class TransferLog implements TransferListener, AutoCloseable {
    private static final byte[] MODULE_ITSELF = {};

    private final Admission admission;
    private final Log log;
    private final Session session;
    private final PreservationOptions preserved;
    private final ChecksumType sums;
    private final byte[] base;
    private final ItemLog items;
    private final FileTree tree;
    private final Consumer<TransferException> failures;
    private @Nullable TransferFacts facts;

    /**
     * Five parameters, as they are what a log tells of.
     *
     * @param paths what is sent, or where received files go
     * @param failures hears why a transfer was broken off
     */
    TransferLog(
            Admission admission,
            Session session,
            TransferOptions options,
            List<byte[]> paths,
            Consumer<TransferException> failures)
            throws IOException {
        this.failures = failures;
        this.admission = admission;
        this.log = admission.log();
        this.session = session;
        this.preserved = options.preservation();
        this.sums = options.update().checksum() ? session.fileChecksum() : session.transferChecksum();
        base = session.side() == Side.SENDER
                ? LogBase.ofSources(paths, options.selection().relative())
                : LogBase.withoutTrailingSlashes(paths.isEmpty() ? MODULE_ITSELF : paths.getFirst());
        LogRules rules = admission.module().configuration().log();
        Optional<LogFormat> format = rules.transfers() && !rules.format().isEmpty()
                ? Optional.of(LogFormat.parse(rules.format()))
                : Optional.empty();
        items = new ItemLog(log, format, wishes(session, options));
        tree = admission.module().tree().view();
    }

    private static ItemLog.Wishes wishes(Session session, TransferOptions options) {
        boolean receives = session.side() == Side.RECEIVER;
        int names = options.reporting().level(InfoItem.NAME);
        boolean everything = names > 1 || options.reporting().itemLevel() > 1;
        return new ItemLog.Wishes(
                receives && names > 0,
                options.preservation().times() && !options.preservation().omitDirTimes(),
                receives && everything,
                options.update().dryRun());
    }

    @Override
    public synchronized void item(Item item) {
        items.item(item, facts());
    }

    @Override
    public synchronized void transferEnded(Item item, boolean complete) {
        if (complete) {
            items.transferred(item, facts());
        }
    }

    @Override
    public synchronized void deleted(byte[] path, boolean directory) {
        items.deleted(path, directory, facts());
    }

    @Override
    public void notice(Notice notice) {
        if (!notice.fromPeer() && notice.severity() != Notice.Severity.CLIENT) {
            log.line(severity(notice.severity()), notice.text());
        }
    }

    private static LogSeverity severity(Notice.Severity of) {
        return of == Notice.Severity.INFO || of == Notice.Severity.LOG ? LogSeverity.INFORMATION : LogSeverity.WARNING;
    }

    @Override
    public void brokenOff(TransferException cause) {
        failures.accept(cause);
    }

    /** Made with the first item: only then is it certain what the destination is. */
    private TransferFacts facts() {
        TransferFacts known = facts;
        if (known == null) {
            known = new TransferFacts(
                    admission.peer().host(),
                    admission.peer().addressText(),
                    admission.module().configuration().name(),
                    admission.module().configuration().tree().path(),
                    admission.user(),
                    session.side() == Side.SENDER ? base : directory(),
                    preserved.times(),
                    session.symlinkTimes(),
                    preserved.owner(),
                    preserved.group(),
                    sums,
                    session.side() == Side.RECEIVER
                            && OpenModule.munges(
                                    admission.module().configuration().tree()));
            facts = known;
        }
        return known;
    }

    /** The destination if it is a directory by now, else the directory it is in. */
    private byte[] directory() {
        byte[] path = base;
        if (LogBase.isModuleItself(path)) {
            return MODULE_ITSELF;
        }
        try {
            FileStatus status = new FileStatus();
            if (tree.statusFollowing(path, status) && status.isDirectory()) {
                return path;
            }
        } catch (IOException e) {
            return path; // what it is called is all that the log needs of it
        }
        return LogBase.parent(path);
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
