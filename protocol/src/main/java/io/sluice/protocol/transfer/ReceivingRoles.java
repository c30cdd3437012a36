package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Runs the two roles of a receiving side at once, and ends both when one fails. */
final class ReceivingRoles {
    private final Connection connection;
    private final Mailbox mailbox;
    private final Farewell farewell;
    private final RenamedBases renamedBases = new RenamedBases();

    ReceivingRoles(Connection connection, Mailbox mailbox, Farewell farewell) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.farewell = farewell;
    }

    /**
     * Runs {@link Generator} on this thread and {@link Receiver} on one that inherits its identity.
     *
     * @return the bytes that travelled, as the sender told them to a client
     * @throws TransferException the first failure of the two; the connection is closed then
     */
    Statistics.Traffic run(Site site, ListIntake intake, Victims.Rules rules) throws IOException {
        farewell.speakAs("receiver");
        try (FileTree view = site.tree().view();
                FileTree whole = site.named().tree().view()) {
            Site forReceiver = site.as("receiver", view, site.named().in(whole));
            WantedFiles wanted = connection.readsBatch() ? new WantedFiles(mailbox, intake.list()) : null;
            FutureTask<Statistics.Traffic> receiver = new FutureTask<>(() -> receive(forReceiver, intake, wanted));
            mailbox.begin(intake.list().segments(), intake.list().isComplete());
            Thread.ofPlatform().daemon().name("rsync-receiver").start(receiver);
            try {
                // The generator alone goes from directory to directory, when it deletes.
                Site forGenerator = site.as("generator", site.tree(), site.named())
                        .with(rules.scope().attributes());
                generator(forGenerator, intake, rules, wanted).run();
                return result(receiver);
            } catch (IOException | RuntimeException | Error e) { // nor must the receiver
                throw fail(TransferException.of(e), receiver);
            }
        }
    }

    private Statistics.Traffic receive(Site site, ListIntake intake, @Nullable WantedFiles wanted) throws IOException {
        try {
            Receiver receiver =
                    new Receiver(site, connection.in(), intake, new Receiver.Partners(mailbox, renamedBases, wanted));
            receiver.run();
            return receiver.traffic();
        } catch (IOException | RuntimeException | Error e) { // whatever it is: the generator must not wait for ever
            TransferException cause = TransferException.of(e);
            mailbox.fail(cause);
            drain(cause);
            throw cause;
        }
    }

    /** As long as the peer cannot write to us, the generator may be unable to write to it. */
    private void drain(TransferException cause) {
        try {
            connection.in().drain();
        } catch (IOException e) {
            Farewell.note(cause, e);
        }
    }

    private Generator generator(Site site, ListIntake intake, Victims.Rules rules, @Nullable WantedFiles wanted)
            throws IOException {
        DeletionTrace trace = new DeletionTrace(DebugVoice.of(site));
        boolean statuses = site.options().selection().oneFileSystem() > 0 || trace.tellsItems();
        String partial = site.options().placement().partialPlace();
        byte[] reserved = partial.startsWith("/") ? new byte[0] : partial.getBytes(StandardCharsets.ISO_8859_1);
        Victims victims = new Victims(rules, site, statuses, reserved);
        ListTrace.ofReceiver(site).attach(victims::reportTo);
        new VictimTrace(site).attach(victims);
        Backup backup = new Backup(site);
        backup.check();
        TemporaryDirectory.check(site);
        Remover remover = new Remover(site, connection.out(), victims, backup);
        Deletion deletion = new Deletion(site, victims, remover);
        Requests requests = new Requests(connection.out(), site.session(), wanted);
        AttributeSetter attributes = new AttributeSetter(site);
        DefaultPermissions defaults = new DefaultPermissions(site);
        Modes modes = new Modes(site.options().preservation(), defaults::of);
        DirectoryState directories = new DirectoryState(site);
        Itemizer itemizer = new Itemizer(site, attributes, modes, requests);
        Receipts receipts = new Receipts(site, connection.out());
        SegmentProgress progress =
                new SegmentProgress(intake.list(), site.session().incrementalRecursion());
        QuickCheck quickCheck = new QuickCheck(site);
        BasisSearch bases = new BasisSearch(site, quickCheck, attributes, modes);
        bases.check();
        LinkMaker.Parts linking =
                new LinkMaker.Parts(itemizer, modes, remover, backup, receipts, bases, deletion.recurses());
        HardLinks links = new HardLinks(site, intake.list(), progress, new LinkMaker(site, intake.list(), linking));
        RenamedFiles renamed = new RenamedFiles(site, victims.quiet(), quickCheck, renamedBases);
        Tools tools = new Tools(
                site,
                attributes,
                modes,
                itemizer,
                quickCheck,
                bases,
                backup,
                remover,
                directories,
                links,
                renamed,
                receipts);
        EntryGenerator entries = new EntryGenerator(site, tools, requests, rules, deletion);
        Generator.Parts parts =
                new Generator.Parts(requests, deletion, directories, entries, progress, links, renamed, receipts);
        return new Generator(site, intake.list(), mailbox, parts);
    }

    /** The generator failed, maybe because the receiver did: what failed first is the cause. */
    private TransferException fail(TransferException failure, FutureTask<Statistics.Traffic> receiver) {
        TransferException cause = failure;
        if (failure.exitCode() == ExitCode.SOCKET_IO) {
            cause = betterReason(failure, receiver);
        }
        mailbox.fail(cause);
        TransferException first = cause;
        farewell.leave(first, () -> result(receiver));
        return first;
    }

    /** When nothing can be written any more, the last words of the peer tell why. */
    private TransferException betterReason(TransferException failure, FutureTask<Statistics.Traffic> receiver) {
        try {
            connection.in().setTimeout(Farewell.PATIENCE);
            mailbox.fail(failure);
            result(receiver);
            return failure;
        } catch (IOException e) {
            TransferException told = TransferException.of(e);
            for (Throwable detail : told.getSuppressed()) {
                if (detail instanceof PeerExitException last) {
                    return last;
                }
            }
            return told;
        }
    }

    private static Statistics.Traffic result(FutureTask<Statistics.Traffic> receiver) throws IOException {
        try {
            return receiver.get();
        } catch (ExecutionException e) {
            throw TransferException.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while waiting for the receiver", e);
        }
    }
}
