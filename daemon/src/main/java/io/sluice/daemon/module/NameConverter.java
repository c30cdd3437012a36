package io.sluice.daemon.module;

import io.sluice.daemon.log.Log;
import io.sluice.linux.ChildProgram;
import io.sluice.linux.RootedThread;
import io.sluice.protocol.filelist.IdNames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names of users and groups as a program has them: {@code name converter}. It is asked a line at a time and answers with one, which is empty if there
 * is no such name or number. Thread-safe.
 *
 * <pre>
 * uid 1000     joe
 * usr joe      1000
 * gid 100      users
 * grp users    100
 * </pre>
 */
final class NameConverter implements IdNames, AutoCloseable {
    private static final int MAX_QUESTION = 1023;
    /** Bytes of an answer, its end included. */
    private static final int MAX_ANSWER = 1024;

    private static final int PATIENCE_MILLIS = 1000;
    private static final String SHELL = "RSYNC_SHELL";

    private final ChildProgram.Piped program;
    private final OutputStream questions;
    private final InputStream answers;
    private final Log log;
    private boolean lost;

    private NameConverter(ChildProgram.Piped program, Log log) {
        this.program = program;
        this.questions = program.input();
        this.answers = new BufferedInputStream(program.output());
        this.log = log;
    }

    /**
     * Starts the program, by a shell, as the user that the calling thread is.
     *
     * @param variables that it has besides the daemon's
     * @param root where it begins; empty: where the daemon is
     */
    static NameConverter start(String command, Map<String, byte[]> variables, Optional<RootedThread> root, Log log)
            throws IOException {
        String shell = System.getenv().getOrDefault(SHELL, "/bin/sh");
        List<byte[]> environment = new ArrayList<>();
        variables.forEach((name, value) -> {
            ByteArrayOutputStream variable = new ByteArrayOutputStream();
            variable.writeBytes(bytes(name + "="));
            variable.writeBytes(value);
            environment.add(variable.toByteArray());
        });
        List<byte[]> arguments = List.of(bytes(shell), bytes("-c"), bytes(command));
        return new NameConverter(ChildProgram.startPiped(arguments, environment, true, root), log);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<String> userName(int uid) {
        return name("uid", uid);
    }

    @Override
    public Optional<String> groupName(int gid) {
        return name("gid", gid);
    }

    @Override
    public OptionalInt userId(String name) {
        return id("usr", name);
    }

    @Override
    public OptionalInt groupId(String name) {
        return id("grp", name);
    }

    private Optional<String> name(String kind, int id) {
        String answer = ask(kind + " " + Integer.toUnsignedString(id));
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    }

    /** What is no plain number is no answer: it would else stand for root. */
    private OptionalInt id(String kind, String name) {
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7F)) { // it would be two questions
            log.warning("invalid name-converter token: " + name);
            return OptionalInt.empty();
        }
        String answer = ask(kind + " " + name);
        if (answer.isEmpty() || !answer.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(answer));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private synchronized String ask(String question) {
        byte[] line = (question + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > MAX_QUESTION) {
            log.warning("namecvt_call() request was too large.");
            return "";
        }
        if (lost) {
            return "";
        }
        try {
            questions.write(line);
            questions.flush();
            return answer();
        } catch (IOException e) {
            lost = true; // what it says from now on could be the answer to something else
            log.warning("Connection to name-converter failed.");
            return "";
        }
    }

    /** A line; one that was cut off is none. */
    private String answer() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                return "";
            }
            if (line.size() == MAX_ANSWER - 1) {
                throw new IOException("answer of the name converter: more bytes than " + MAX_ANSWER);
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Lets the program end. */
    @Override
    public void close() throws IOException {
        try (questions;
                answers) {
            program.program().terminate();
        }
        try {
            var _ = program.program().await(PATIENCE_MILLIS); // so that it is no zombie
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the daemon is ending
        }
    }
}
