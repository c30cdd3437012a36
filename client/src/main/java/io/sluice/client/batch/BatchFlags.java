package io.sluice.client.batch;

import io.sluice.client.ClientException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The bits that a batch file begins with: options that its content depends on, so that whoever reads it has to have the same. */
public final class BatchFlags {
    private static final int ICONV = 9;

    /** Which protocol knows a flag. */
    private enum Since {
        ALWAYS,
        ITEMS,
        VARINTS
    }

    /** An option; its place in the list is its bit. */
    private record Flag(
            Since since, String name, Predicate<TransferOptions> is, BiConsumer<OptionDraft, Boolean> set) {}

    private static final List<Flag> FLAGS = List.of(
            new Flag(Since.ALWAYS, "--recurse (-r)", o -> o.selection().recurse(), (d, on) -> d.recurse = on),
            new Flag(Since.ALWAYS, "--owner (-o)", o -> o.preservation().owner(), (d, on) -> d.owner = on),
            new Flag(Since.ALWAYS, "--group (-g)", o -> o.preservation().group(), (d, on) -> d.group = on),
            new Flag(Since.ALWAYS, "--links (-l)", o -> o.preservation().links(), (d, on) -> d.links = on),
            new Flag(Since.ALWAYS, "--devices (-D)", o -> o.preservation().devices(), (d, on) -> d.devices = on),
            new Flag(
                    Since.ALWAYS,
                    "--hard-links (-H)",
                    o -> o.preservation().hardLinks() > 0,
                    (d, on) -> d.hardLinks = on ? 1 : 0),
            new Flag(Since.ALWAYS, "--checksum (-c)", o -> o.update().checksum(), (d, on) -> d.checksum = on),
            new Flag(Since.ITEMS, "--dirs (-d)", o -> o.selection().directories(), (d, on) -> d.directories = on),
            new Flag(Since.ITEMS, "--compress (-z)", o -> o.algorithms().compresses(), BatchFlags::compress),
            new Flag(Since.VARINTS, "--iconv", o -> !o.selection().iconv().isEmpty(), (d, on) -> {}),
            new Flag(Since.VARINTS, "--acls (-A)", o -> o.preservation().acls(), (d, on) -> d.acls = on),
            new Flag(
                    Since.VARINTS,
                    "--xattrs (-X)",
                    o -> o.preservation().xattrs() > 0,
                    (d, on) -> d.xattrs = on ? 1 : 0),
            new Flag(Since.VARINTS, "--inplace", o -> o.placement().inplace(), (d, on) -> d.inplace = on),
            new Flag(
                    Since.VARINTS,
                    "--append",
                    o -> o.placement().append() == Append.BLIND,
                    (d, on) -> d.append = on ? Append.BLIND : Append.NO),
            new Flag(
                    Since.VARINTS,
                    "--append-verify",
                    o -> o.placement().append() == Append.VERIFY,
                    (d, on) -> d.append = on ? Append.VERIFY : d.append));

    private BatchFlags() {}

    /** What else asks for compression must not do so if the batch has none. */
    private static void compress(OptionDraft draft, boolean on) {
        draft.compress = on;
        draft.compressChoice = List.of();
        draft.compressLevel = on ? draft.compressLevel : OptionalInt.empty();
    }

    /** Returns the bits for {@code options}; all of them, whatever the version will be. */
    public static int of(TransferOptions options) {
        int bits = 0;
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            bits |= FLAGS.get(bit).is().test(options) ? 1 << bit : 0;
        }
        return bits;
    }

    /**
     * Brings options into line with a batch.
     *
     * @param bits as the batch has them
     * @param changed gets a line for each option that had to be changed
     * @throws ClientException with code 1 if only one side converts names
     */
    public static TransferOptions apply(
            int bits, ProtocolVersion version, TransferOptions options, List<String> changed) throws ClientException {
        List<BiConsumer<OptionDraft, Boolean>> changes = new ArrayList<>();
        List<Boolean> values = new ArrayList<>();
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            Flag flag = FLAGS.get(bit);
            boolean wanted = (bits & 1 << bit) != 0;
            if (!knows(version, flag.since()) || flag.is().test(options) == wanted) {
                continue;
            }
            if (bit == ICONV) {
                String text = (wanted ? "Please" : "Do not") + " specify the --iconv option to use this batch file.";
                throw new ClientException(ExitCode.SYNTAX, text);
            }
            changed.add((wanted ? "Sett" : "Clear") + "ing the " + flag.name() + " option to match the batchfile.");
            changes.add(flag.set());
            values.add(wanted);
        }
        return options.edit(draft -> {
            for (int i = 0; i < changes.size(); i++) {
                changes.get(i).accept(draft, values.get(i));
            }
        });
    }

    private static boolean knows(ProtocolVersion version, Since since) {
        return switch (since) {
            case ALWAYS -> true;
            case ITEMS -> version.hasItemFlags();
            case VARINTS -> version.hasVarInts();
        };
    }
}
