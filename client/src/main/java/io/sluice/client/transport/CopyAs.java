package io.sluice.client.transport;

import io.sluice.linux.Identity;
import io.sluice.linux.SystemCallException;
import io.sluice.linux.Users;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * {@code --copy-as=USER[:GROUP]}: one side of a transfer works as somebody else, for good, on a thread of its own; all other threads stay what they are.
 */
public final class CopyAs {
    private final int uid;
    private final int gid;
    private final int[] groups;

    private CopyAs(int uid, int gid, int[] groups) {
        this.uid = uid;
        this.gid = gid;
        this.groups = groups;
    }

    /**
     * Finds the user and the group, each a name or an id.
     *
     * @throws TransferException with code 1 if there is none
     */
    static CopyAs parse(String text) throws TransferException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        int uid = number(user)
                .or(() -> boxed(Users.userId(user)))
                .orElseThrow(() -> syntax("Invalid copy-as user: " + user));
        if (colon >= 0) {
            String group = text.substring(colon + 1);
            int gid = number(group)
                    .or(() -> boxed(Users.groupId(group)))
                    .orElseThrow(() -> syntax("Invalid copy-as group: " + group));
            return new CopyAs(uid, gid, new int[] {gid});
        }
        Users.User known = Users.userName(uid)
                .flatMap(Users::user)
                .orElseThrow(() -> syntax("copy-as user: " + user + " (expected: one of this system)"));
        return new CopyAs(uid, known.gid(), Users.groupsOf(known.name(), known.gid()));
    }

    private static Optional<Integer> boxed(OptionalInt id) {
        return id.isPresent() ? Optional.of(id.getAsInt()) : Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static TransferException syntax(String message) {
        return new TransferException(ExitCode.SYNTAX, message);
    }

    /** Does {@code work} as the user that {@code who} names; as we are if that is empty. */
    public static <T> T work(String who, Callable<T> work) throws IOException {
        if (who.isEmpty()) {
            return call(work);
        }
        CopyAs user = parse(who);
        openClassPath();
        FutureTask<T> task = new FutureTask<>(() -> {
            user.become();
            return work.call();
        });
        Thread.ofPlatform().name("copy-as").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw asIo(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while files were copied as " + who, e);
        }
    }

    /** Looks everywhere for what is nowhere: the archives that classes come from are open then, and the user need not be able to open them. */
    private static void openClassPath() throws IOException {
        ClassLoader loader = CopyAs.class.getClassLoader();
        if (loader != null) {
            loader.getResources("io/sluice/nowhere").hasMoreElements();
        }
    }

    private void become() throws TransferException {
        try {
            Identity.drop(uid, gid, groups);
        } catch (SystemCallException e) {
            throw new TransferException(
                    ExitCode.SYNTAX, e.call() + " failed: " + e.reason() + " (" + e.errno() + ")", e);
        } catch (IOException e) {
            throw new TransferException(ExitCode.SYNTAX, "setuid failed: " + e.getMessage(), e);
        }
    }

    private static <T> T call(Callable<T> work) throws IOException {
        try {
            return work.call();
        } catch (Exception e) {
            throw asIo(e);
        }
    }

    private static IOException asIo(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause);
    }
}
