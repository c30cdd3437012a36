package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine;
import io.sluice.client.command.CommandLine.ConnectionSettings;
import io.sluice.client.command.CommandLineReader;
import io.sluice.client.command.ImpliedRules;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.command.OperatorFiles;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Options of rsync's command line, for programs that take them besides their own.
 *
 * @param transfer what is done, and how
 * @param filters the rules of {@code --exclude} and its like, with the files that they name
 * @param passwordFile {@code --password-file}
 * @param filesFrom {@code --files-from}, unread
 * @param connections how peers are reached: {@code -e}, {@code --rsync-path}, {@code --tls-ca} and their like
 * @param port {@code --port}; 0: it was not given
 * @param tlsWanted {@code --tls}
 * @param operands what is no option, in order
 */
public record RsyncOptions(
        TransferOptions transfer,
        FilterList filters,
        Optional<String> passwordFile,
        Optional<String> filesFrom,
        PeerConnections connections,
        int port,
        boolean tlsWanted,
        List<String> operands) {
    public RsyncOptions {
        operands = List.copyOf(operands);
    }

    /**
     * Reads words.
     *
     * @param environment the variables that change defaults
     * @throws TransferException with rsync's exit code and text for an option that is unknown or makes no sense
     */
    public static RsyncOptions read(List<String> words, Map<String, String> environment) throws IOException {
        List<String> perByte = new ArrayList<>();
        words.forEach(word -> perByte.add(ByteText.of(word.getBytes(StandardCharsets.UTF_8))));
        CommandLine line = CommandLineReader.read(perByte, environment);
        refuseOfCommand(line.display().json(), "--json");
        refuseOfCommand(line.connection().connections() != 0, "--connections");
        boolean nulTerminated = line.options().selection().from0();
        NamedFiles files =
                new NamedFiles(line.options().preservation().symlinks().insecure());
        FilterList filters = new OperatorFiles(InputStream.nullInputStream(), files)
                .rules(ImpliedRules.after(line.filters(), line.options()), () -> new byte[0], nulTerminated);
        return new RsyncOptions(
                line.options(),
                filters,
                Optional.ofNullable(line.connection().passwordFile()).map(ByteText::decoded),
                Optional.ofNullable(line.connection().filesFrom()).map(ByteText::decoded),
                connections(line.connection(), environment),
                line.connection().port(),
                line.connection().tls().wanted(),
                line.operands().stream().map(ByteText::decoded).toList());
    }

    private static PeerConnections connections(ConnectionSettings settings, Map<String, String> environment)
            throws ClientException {
        SocketSettings sockets = SocketSettings.parse(Objects.requireNonNullElse(settings.socketOptions(), ""));
        if (!sockets.complaints().isEmpty()) {
            throw new ClientException(
                    ExitCode.SYNTAX, "--sockopts: " + sockets.complaints().getFirst());
        }
        return new PeerConnections(
                ConnectionSetup.options(settings, environment, true, sockets),
                ConnectionSetup.options(settings, environment, false, sockets));
    }

    private static void refuseOfCommand(boolean given, String option) throws ClientException {
        if (given) {
            throw new ClientException(ExitCode.SYNTAX, option + ": only the rsync command itself has this option");
        }
    }
}
