package io.sluice.client.transport;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The standard input and output of a program, whose standard error is ours. */
final class ProcessLink implements Link {
    private static final long EXIT_SECONDS = 5;

    private final Process process;

    private ProcessLink(Process process) {
        this.process = process;
    }

    static ProcessLink start(ProcessBuilder builder) throws IOException {
        return new ProcessLink(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return new FlushedOutput(process.getOutputStream());
    }

    /** A link that just broke off has its reason in the program's exit status, if that is worse than ours. */
    @Override
    public TransferException explain(TransferException failure) {
        boolean broken = failure.exitCode() == ExitCode.STREAM_IO || failure.exitCode() == ExitCode.SOCKET_IO;
        OptionalInt status = broken ? exitStatus() : OptionalInt.empty();
        if (!broken) {
            return failure;
        }
        String text = "connection unexpectedly closed";
        TransferException closed = failure.exitCode() == ExitCode.SOCKET_IO
                ? new TransferException(ExitCode.STREAM_IO, text, failure)
                : failure;
        boolean worse =
                status.isPresent() && status.getAsInt() > closed.exitCode().value();
        return worse ? new RemoteProgramException(status.getAsInt(), closed) : closed;
    }

    private OptionalInt exitStatus() {
        try {
            boolean ended = process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
            return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // The program ended before it read everything; what matters is its exit status.
        }
        process.getInputStream().close();
        if (exitStatus().isEmpty()) {
            process.destroy();
        }
    }

    /** A process's stream is buffered by the JDK; the wire's writer has buffers of its own and counts on what it wrote being sent. */
    private static final class FlushedOutput extends OutputStream {
        private final OutputStream to;

        FlushedOutput(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
            to.flush();
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            to.write(from, offset, length);
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
