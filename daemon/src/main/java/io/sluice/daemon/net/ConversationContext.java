package io.sluice.daemon.net;

import io.sluice.daemon.access.Directories;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.hook.HookSetting;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.monitor.DaemonEvents;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link Conversation} needs to know of its surroundings.
 *
 * @param configuration as it was when the peer connected
 * @param current what is valid at a time; empty: the connection serves one request, whatever comes
 * @param address the peer's
 * @param certificate the name in the client's TLS certificate, if it has shown one
 * @param directories tell names of hosts, and users
 * @param log the connection's
 * @param hooks what the commands of connections share
 * @param memory what the connections that begin share
 * @param random unpredictable, for challenges
 * @param events hears of refusals
 */
record ConversationContext(
        DaemonConfiguration configuration,
        Optional<Supplier<DaemonConfiguration>> current,
        InetAddress address,
        Optional<String> certificate,
        Directories directories,
        Log log,
        HookSetting hooks,
        ArgumentMemory memory,
        RandomGenerator random,
        DaemonEvents events) {}
