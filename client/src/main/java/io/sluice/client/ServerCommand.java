package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.transport.Link;
import io.sluice.client.transport.ServerEnd;
import io.sluice.client.transport.WorkingDirectory;
import io.sluice.linux.StandardDescriptors;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.session.NameConversion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code rsync --server …}: what a client starts on another host through a remote shell. It talks on standard input and output. */
final class ServerCommand {
    private static final int MAX_ARGUMENTS = 1 << 20;
    /** What no client can be told by a transfer that has begun; of all else it has been. */
    private static final Set<ExitCode> UNHEARD = EnumSet.of(ExitCode.SOCKET_IO, ExitCode.STREAM_IO, ExitCode.TIMEOUT);

    private final Surroundings surroundings;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int run(List<String> words) {
        try (FileTree tree = WorkingDirectory.open()) {
            StandardDescriptors.makeBlocking(0);
            StandardDescriptors.makeBlocking(1);
            List<byte[]> raw = new ArrayList<>();
            ServerVersion version = ServerVersion.of(words);
            version.others().forEach(word -> raw.add(ByteText.bytes(word)));
            ServerArguments arguments = ServerArguments.parse(raw, List.of());
            if (arguments.secluded()) {
                NameConversion names = NameConversion.ofSpecification(
                        arguments.options().selection().iconv());
                secludedArguments().forEach(argument -> raw.add(names.heard(argument)));
                arguments = ServerArguments.parse(raw, List.of());
            }
            return serve(
                    new ServerEnd(new StandardStreams(surroundings), tree, version.newest(), this::print), arguments);
        } catch (IOException | RuntimeException | Error e) {
            TransferException failure = TransferException.of(e);
            tell(failure);
            return failure.exitCode().value();
        }
    }

    private int serve(ServerEnd end, ServerArguments arguments) throws IOException {
        try {
            return end.serve(arguments, (int) System.nanoTime()).exitCode().value();
        } catch (TransferException e) {
            if (!end.hasBegun() || UNHEARD.contains(e.exitCode())) {
                tell(e);
            }
            return e.exitCode().value();
        }
    }

    /** Reads what follows on the stream: words that end with NUL, up to an empty one; the first is a program's name. */
    private List<byte[]> secludedArguments() throws IOException {
        List<byte[]> arguments = new ArrayList<>();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        int total = 0;
        while (true) {
            int octet = surroundings.in().read();
            if (octet < 0 || ++total > MAX_ARGUMENTS) {
                throw new TransferException(
                        ExitCode.STREAM_IO, "secluded arguments: " + total + " bytes (expected: a list that ends)");
            }
            if (octet != 0) {
                word.write(octet);
            } else if (word.size() == 0) {
                return arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
            } else {
                arguments.add(word.toByteArray());
                word.reset();
            }
        }
    }

    private void tell(IOException failure) {
        print("rsync: [server] " + failure.getMessage());
    }

    private void print(String line) {
        try {
            surroundings.err().write(ByteText.bytes(line + "\n"));
            surroundings.err().flush();
        } catch (IOException nobodyReads) {
            // The exit code still tells.
        }
    }

    /** Standard input and output as a link; the process's end closes them. */
    private record StandardStreams(Surroundings surroundings) implements Link {
        @Override
        public InputStream input() {
            return surroundings.in();
        }

        @Override
        public OutputStream output() {
            return surroundings.out();
        }

        @Override
        public void close() throws IOException {
            surroundings.out().flush();
        }
    }
}
