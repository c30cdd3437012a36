package io.sluice.protocol;

import java.util.Optional;

/** rsync's exit codes, as scripts know them (rsync(1), EXIT VALUES), with the phrase rsync prints for each. */
public enum ExitCode {
    OK(0, "success"),
    SYNTAX(1, "syntax or usage error"),
    PROTOCOL(2, "protocol incompatibility"),
    FILE_SELECT(3, "errors selecting input/output files, dirs"),
    UNSUPPORTED(4, "requested action not supported"),
    START_CLIENT(5, "error starting client-server protocol"),
    SOCKET_IO(10, "error in socket IO"),
    FILE_IO(11, "error in file IO"),
    STREAM_IO(12, "error in rsync protocol data stream"),
    MESSAGE_IO(13, "errors with program diagnostics"),
    IPC(14, "error in IPC code"),
    CRASHED(15, "sibling process crashed"),
    TERMINATED(16, "sibling process terminated abnormally"),
    SIGNAL1(19, "received SIGUSR1"),
    SIGNAL(20, "received SIGINT, SIGTERM, or SIGHUP"),
    WAIT_CHILD(21, "waitpid() failed"),
    MALLOC(22, "error allocating core memory buffers"),
    PARTIAL(23, "some files/attrs were not transferred (see previous errors)"),
    VANISHED(24, "some files vanished before they could be transferred"),
    DELETE_LIMIT(25, "the --max-delete limit stopped deletions"),
    TIMEOUT(30, "timeout in data send/receive"),
    CONNECT_TIMEOUT(35, "timeout waiting for daemon connection"),
    COMMAND_FAILED(124, "remote shell failed"),
    COMMAND_KILLED(125, "remote shell killed"),
    COMMAND_RUN(126, "remote command could not be run"),
    COMMAND_NOT_FOUND(127, "remote command not found");

    private final int value;
    private final String phrase;

    ExitCode(int value, String phrase) {
        this.value = value;
        this.phrase = phrase;
    }

    /** Returns the number that the process exits with. */
    public int value() {
        return value;
    }

    /** Returns rsync's words for this code, as in {@code rsync error: <phrase> (code N)}. */
    public String phrase() {
        return phrase;
    }

    /** Returns the constant with this number; empty if rsync has no such code. */
    public static Optional<ExitCode> of(int value) {
        for (ExitCode code : values()) {
            if (code.value == value) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /** Returns whichever says more of two that both hold: the larger one, as rsync does. */
    public ExitCode orWorse(ExitCode other) {
        return other.value > value ? other : this;
    }
}
