package io.sluice.watcher.mirror;

import io.sluice.client.PeerConnections;
import io.sluice.client.TlsOptions;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.watcher.monitor.MonitorKind;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is mirrored where, and how.
 *
 * @param source the directory whose content is mirrored
 * @param replicas at least one
 * @param filters what is left out: neither pushed nor deleted
 * @param options of the transfers; which files are selected and what is deleted is the mirror's affair, whatever they say
 * @param times how long things take and wait
 * @param connections how replicas are reached
 * @param publishing when changes become visible
 * @param monitor by which means the source is watched
 * @param policy its bounds
 */
public record MirrorConfiguration(
        Path source,
        List<Replica> replicas,
        FilterList filters,
        TransferOptions options,
        MirrorTimes times,
        PeerConnections connections,
        Publishing publishing,
        MonitorKind monitor,
        MirrorPolicy policy) {
    /** As {@code rsync -a}. */
    public static final TransferOptions ARCHIVE = TransferOptions.DEFAULT.edit(OptionDraft::archive);

    public MirrorConfiguration {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("replicas: none (expected: one or more)");
        }
        Set<String> places = new HashSet<>();
        for (Replica replica : replicas) {
            if (!places.add(replica.place())) {
                throw new IllegalArgumentException("replicas: " + replica.name() + " (expected: each place once)");
            }
        }
        if (publishing.together() && options.placement().inplace()) {
            throw new IllegalArgumentException(
                    "publish = together (expected: no --inplace or --append, which change what is visible)");
        }
    }

    /** Replicas of which each shows changes as soon as it has them. */
    public MirrorConfiguration(
            Path source,
            List<Replica> replicas,
            FilterList filters,
            TransferOptions options,
            MirrorTimes times,
            PeerConnections connections) {
        this(source, replicas, filters, options, times, connections, Publishing.INDEPENDENT, MonitorKind.AUTO);
    }

    /** With the policy that fits most. */
    public MirrorConfiguration(
            Path source,
            List<Replica> replicas,
            FilterList filters,
            TransferOptions options,
            MirrorTimes times,
            PeerConnections connections,
            Publishing publishing,
            MonitorKind monitor) {
        this(source, replicas, filters, options, times, connections, publishing, monitor, MirrorPolicy.DEFAULT);
    }

    /** All of {@code source}, with the attributes that {@code rsync -a} keeps. */
    public static MirrorConfiguration of(Path source, List<Replica> replicas) {
        return new MirrorConfiguration(
                source, replicas, FilterList.EMPTY, ARCHIVE, MirrorTimes.DEFAULT, PeerConnections.DEFAULT);
    }

    public MirrorConfiguration withFilters(FilterList value) {
        return new MirrorConfiguration(
                source, replicas, value, options, times, connections, publishing, monitor, policy);
    }

    public MirrorConfiguration withOptions(TransferOptions value) {
        return new MirrorConfiguration(
                source, replicas, filters, value, times, connections, publishing, monitor, policy);
    }

    public MirrorConfiguration withTimes(MirrorTimes value) {
        return new MirrorConfiguration(
                source, replicas, filters, options, value, connections, publishing, monitor, policy);
    }

    public MirrorConfiguration withConnections(PeerConnections value) {
        return new MirrorConfiguration(source, replicas, filters, options, times, value, publishing, monitor, policy);
    }

    public MirrorConfiguration withTls(TlsOptions value) {
        return withConnections(connections.withTls(value));
    }

    /** The same source for others. */
    public MirrorConfiguration withReplicas(List<Replica> value) {
        return new MirrorConfiguration(
                source, value, filters, options, times, connections, publishing, monitor, policy);
    }

    public MirrorConfiguration withPublishing(Publishing value) {
        return new MirrorConfiguration(source, replicas, filters, options, times, connections, value, monitor, policy);
    }

    public MirrorConfiguration withMonitor(MonitorKind value) {
        return new MirrorConfiguration(
                source, replicas, filters, options, times, connections, publishing, value, policy);
    }

    public MirrorConfiguration withPolicy(MirrorPolicy value) {
        return new MirrorConfiguration(
                source, replicas, filters, options, times, connections, publishing, monitor, value);
    }

    /** The bounds of each replica's queue. */
    DirtyQueue.Limits queueLimits() {
        return new DirtyQueue.Limits(
                policy.dirtyBytes(replicas.size()),
                policy.slice(),
                times.settle().toNanos(),
                times.maxDelay().toNanos());
    }
}
