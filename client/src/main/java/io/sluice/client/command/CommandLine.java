package io.sluice.client.command;

import io.sluice.client.batch.BatchSettings;
import io.sluice.client.output.ReporterSettings;
import io.sluice.protocol.options.RuleArgument;
import io.sluice.protocol.options.TransferOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line that was read and checked.
 *
 * @param request what is to be done
 * @param options the transfer's
 * @param filters rules in the order given, not yet parsed
 * @param connection how to reach the peer
 * @param display how to tell about it
 * @param batch the batch file
 * @param words all arguments as they were given, one character per byte
 * @param operands sources, and unless it is a listing the destination, one character per byte
 */
public record CommandLine(
        Request request,
        TransferOptions options,
        List<RuleArgument> filters,
        ConnectionSettings connection,
        Display display,
        BatchSettings batch,
        List<String> words,
        List<String> operands) {
    public CommandLine {
        filters = List.copyOf(filters);
        words = List.copyOf(words);
        operands = List.copyOf(operands);
    }

    /** What a command line asks for. */
    public enum Request {
        TRANSFER,
        HELP,
        VERSION,
        /** {@code -VV}. */
        VERSION_JSON,
        INFO_HELP,
        DEBUG_HELP
    }

    /**
     * How to reach the peer. Texts have one character per byte.
     *
     * @param remoteShell {@code -e}
     * @param remoteProgram {@code --rsync-path}
     * @param port {@code --port}; 0: the default
     * @param address {@code --address}
     * @param family 4, 6, or 0 for either
     * @param connectTimeout seconds; 0: none
     * @param passwordFile {@code --password-file}
     * @param motd the daemon's message of the day is shown
     * @param protocol the newest version to use
     * @param secluded {@code -s}
     * @param filesFrom {@code --files-from}
     * @param remoteOptions {@code -M}, each with its dashes
     * @param oldArguments how often {@code --old-args} was given
     * @param socketOptions {@code --sockopts}
     * @param earlyInput {@code --early-input}
     * @param tls {@code --tls} and its like
     * @param connections {@code --connections}; 0: it was not given
     */
    public record ConnectionSettings(
            @Nullable String remoteShell,
            @Nullable String remoteProgram,
            int port,
            @Nullable String address,
            int family,
            int connectTimeout,
            @Nullable String passwordFile,
            boolean motd,
            int protocol,
            boolean secluded,
            @Nullable String filesFrom,
            List<String> remoteOptions,
            int oldArguments,
            @Nullable String socketOptions,
            @Nullable String earlyInput,
            TlsSettings tls,
            int connections) {
        public ConnectionSettings {
            remoteOptions = List.copyOf(remoteOptions);
        }
    }

    /**
     * How a daemon is reached by TLS. Texts have one character per byte.
     *
     * @param wanted {@code --tls}
     * @param authorities {@code --tls-ca}
     * @param certificate {@code --tls-cert}
     * @param key {@code --tls-key}
     */
    public record TlsSettings(
            boolean wanted,
            @Nullable String authorities,
            @Nullable String certificate,
            @Nullable String key) {}

    /**
     * How to tell about it.
     *
     * @param reporter what is shown
     * @param quiet {@code -q}
     * @param eightBit {@code -8}
     * @param allToErrors everything goes to standard error ({@code --stderr=all})
     * @param lineBuffered {@code --outbuf=L} or {@code N}
     * @param logFile {@code --log-file}
     * @param json {@code --json}: events instead of lines
     */
    public record Display(
            ReporterSettings reporter,
            boolean quiet,
            boolean eightBit,
            boolean allToErrors,
            boolean lineBuffered,
            @Nullable String logFile,
            boolean json) {}
}
