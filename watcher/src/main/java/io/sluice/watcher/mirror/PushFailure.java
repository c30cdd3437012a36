package io.sluice.watcher.mirror;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a push failed, for people: in the words of whoever noticed, with what to do about it.
 *
 * @param words of one line
 * @param began whether a session may have been under way, so that something may be going on at the other end still
 */
record PushFailure(String words, boolean began) {
    private static final List<Advice> ADVICE = List.of(
            new Advice("connection refused", "is an rsync daemon running there, on this port?"),
            new Advice("getaddrinfo", "is the host's name right?"),
            new Advice("no route to host", "is the host up, and the network?"),
            new Advice("network is unreachable", "is the host up, and the network?"),
            new Advice("failed to connect", "is the host up, and does no firewall, here or there, forbid it?"),
            new Advice(
                    "auth failed",
                    "do user and password file here agree with \"auth users\" and \"secrets file\" there?"),
            new Advice("unknown module", "is the module's name right? The daemon lists its modules: rsync HOST::"),
            new Advice("max connections", "wait, or raise \"max connections\" there"),
            new Advice("read only", "set \"read only = no\" for the module there"),
            new Advice("access denied", "does \"hosts allow\" there name this host?"),
            new Advice("read-only file system", "mount it writable there"),
            new Advice("no space left", "free space there, or leave less room to others"),
            new Advice("quota exceeded", "free space there, or raise the quota"),
            new Advice("input/output error", "is its disk failing? The kernel's log of the host may say more"),
            new Advice(
                    "file name too long",
                    "the file system there takes shorter names only: give it a shorter name, or exclude it"),
            new Advice("permission denied", "may the daemon's \"uid\" write there, and the mirror read here?"),
            new Advice(
                    "operation not permitted",
                    "owners and devices need \"uid = root\" there, or --no-o --no-g --no-D here"),
            new Advice("server greeting", "what answers on this port is no rsync daemon"),
            new Advice("rather than greeting", "what answers on this port is no rsync daemon"),
            new Advice("chdir failed", "does the module's \"path\" exist there?"));

    private record Advice(String sign, String text) {}

    static PushFailure of(Throwable failure) {
        String message =
                failure.getMessage() == null || failure.getMessage().isEmpty() ? phrase(failure) : failure.getMessage();
        boolean began = !(failure instanceof TransferException transfer) || mayHaveBegun(transfer, message);
        return new PushFailure(advised(message, failure), began);
    }

    /** Why a trial would have failed. */
    static PushFailure of(TrialPush trial) {
        ExitCode code = trial.exitCode();
        String text = trial.words().isEmpty() ? code.phrase() : String.join("; ", trial.words());
        return of(new TransferException(code, text));
    }

    /** What a session complained of that went to its end. */
    static PushFailure of(List<String> complaints) {
        String text = complaints.isEmpty() ? "some files were not transferred" : String.join("; ", complaints);
        return new PushFailure(advised(text, null), true);
    }

    private static String phrase(Throwable failure) {
        return failure instanceof TransferException transfer
                ? transfer.exitCode().phrase()
                : failure.toString();
    }

    private static boolean mayHaveBegun(TransferException failure, String message) {
        return switch (failure.exitCode()) {
            case FILE_SELECT, START_CLIENT, CONNECT_TIMEOUT -> false;
            case SOCKET_IO -> !message.startsWith("failed to connect") && !message.contains("getaddrinfo");
            default -> true;
        };
    }

    private static String advised(String text, @Nullable Throwable failure) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cc}", "?");
        String lower = line.toLowerCase(Locale.ROOT);
        for (Advice advice : ADVICE) {
            if (lower.contains(advice.sign)) {
                return line + " (" + advice.text + ")";
            }
        }
        String more = failure instanceof TransferException transfer ? byCode(transfer.exitCode()) : "";
        return more.isEmpty() ? line : line + " (" + more + ")";
    }

    private static String byCode(ExitCode code) {
        return switch (code) {
            case CONNECT_TIMEOUT -> "is the host up? It did not answer within the \"connect timeout\"";
            case TIMEOUT -> "nothing came from it within the \"timeout\": does the host or its disk hang?";
            case PROTOCOL, STREAM_IO -> "the daemon's log there may say why";
            case START_CLIENT -> "the daemon let us not in; its log may say why";
            case FILE_IO -> "see the daemon's log; is its disk full or failing?";
            default -> "";
        };
    }
}
