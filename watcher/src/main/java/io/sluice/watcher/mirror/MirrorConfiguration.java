package io.sluice.watcher.mirror;

import io.sluice.client.TlsOptions;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What is mirrored where, and how.
 *
 * @param source the directory whose content is mirrored
 * @param replicas at least one
 * @param filters what is left out: neither pushed nor deleted
 * @param options of the transfers; which files are selected and what is deleted is the mirror's affair, whatever they say
 * @param times how long things take and wait
 * @param tls for replicas that are reached by TLS
 */
public record MirrorConfiguration(
        Path source,
        List<Replica> replicas,
        FilterList filters,
        TransferOptions options,
        MirrorTimes times,
        TlsOptions tls) {
    /** As {@code rsync -a}. */
    public static final TransferOptions ARCHIVE = TransferOptions.DEFAULT.edit(OptionDraft::archive);

    public MirrorConfiguration {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("replicas: none (expected: one or more)");
        }
    }

    /** All of {@code source}, with the attributes that {@code rsync -a} keeps. */
    public static MirrorConfiguration of(Path source, List<Replica> replicas) {
        return new MirrorConfiguration(
                source, replicas, FilterList.EMPTY, ARCHIVE, MirrorTimes.DEFAULT, TlsOptions.DEFAULT);
    }

    public MirrorConfiguration withFilters(FilterList value) {
        return new MirrorConfiguration(source, replicas, value, options, times, tls);
    }

    public MirrorConfiguration withOptions(TransferOptions value) {
        return new MirrorConfiguration(source, replicas, filters, value, times, tls);
    }

    public MirrorConfiguration withTimes(MirrorTimes value) {
        return new MirrorConfiguration(source, replicas, filters, options, value, tls);
    }

    public MirrorConfiguration withTls(TlsOptions value) {
        return new MirrorConfiguration(source, replicas, filters, options, times, value);
    }
}
