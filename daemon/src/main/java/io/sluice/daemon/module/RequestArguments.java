package io.sluice.daemon.module;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.PathQuoting;
import io.sluice.protocol.options.ServerArguments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A client's arguments before and while they are parsed: options up to the lone dot, then operands. */
final class RequestArguments {
    private static final int MAX_SHOWN = 1024;
    private static final int MAX_TRIED = 200;
    private static final byte[] DOT = {'.'};
    /** A module has to allow these by name, as {@code !copy-devices}. */
    private static final List<String> REFUSED_UNLESS_ALLOWED = List.of("copy-devices", "write-devices");

    /** How links are followed and where is logged what is the module's business, never a client's. */
    private static final List<String> ALWAYS_REFUSED = List.of("insecure-links", "log-file*");

    private final List<byte[]> options = new ArrayList<>();
    private final List<byte[]> operands = new ArrayList<>();
    private final boolean secluded;
    private boolean dot;

    RequestArguments(Admission.Arguments arguments) {
        secluded = !arguments.secluded().isEmpty();
        List<byte[]> all = new ArrayList<>(arguments.first());
        if (secluded) { // the first of them is a program's name
            all.addAll(arguments.secluded().subList(1, arguments.secluded().size()));
        }
        for (int i = 0; i < all.size(); i++) {
            boolean quoted = i < arguments.first().size();
            if (dot) {
                operands.add(all.get(i));
            } else if (isDot(all.get(i))) {
                dot = true;
            } else {
                options.add(quoted ? PathQuoting.unquote(all.get(i)) : all.get(i));
            }
        }
    }

    private static boolean isDot(byte[] argument) {
        return argument.length == 1 && argument[0] == '.';
    }

    /** Whether the client wants files from us. */
    boolean sending() {
        return options.stream().anyMatch(option -> text(option).equals("--sender"));
    }

    /** Whether a list of names follows on the stream. */
    boolean readsFilesFrom() {
        return options.stream().anyMatch(option -> text(option).startsWith("--files-from"));
    }

    boolean secluded() {
        return secluded;
    }

    /** The operands as they were asked for, separated by spaces, and no more once they are long. */
    byte[] asked() {
        ByteArrayOutputStream asked = new ByteArrayOutputStream();
        for (byte[] operand : operands) {
            if (asked.size() >= MAX_SHOWN) {
                break;
            }
            if (asked.size() > 0) {
                asked.write(' ');
            }
            asked.writeBytes(operand);
        }
        return asked.toByteArray();
    }

    /** All before the lone dot. */
    List<byte[]> options() {
        return Collections.unmodifiableList(options);
    }

    /** Whether there is a lone dot. */
    boolean hasOperands() {
        return dot;
    }

    /** Whether the client names anything. */
    boolean namesSomething() {
        return !operands.isEmpty();
    }

    /** Parses all; see {@link ServerArguments#parse}. Names are converted only if the module has a charset. */
    ServerArguments parse(List<String> refused, boolean hasCharset) throws TransferException {
        if (options.stream().anyMatch(option -> text(option).equals("--daemon"))) {
            throw new TransferException(ExitCode.SYNTAX, "Attempt to hack rsync thwarted!");
        }
        List<String> all = new ArrayList<>(REFUSED_UNLESS_ALLOWED);
        all.addAll(refused);
        all.addAll(ALWAYS_REFUSED);
        if (!hasCharset) {
            all.add("iconv");
        }
        return ServerArguments.parse(withOperands(options), all);
    }

    /**
     * Parses only those options that can be parsed, refused ones included: a client that is to be told what is wrong with its options still expects
     * the handshake that they ask for.
     */
    ServerArguments parseWhatCanBe() throws TransferException {
        try {
            return ServerArguments.parse(withOperands(options), List.of());
        } catch (TransferException e) {
            return parseOneByOne();
        }
    }

    private ServerArguments parseOneByOne() throws TransferException {
        List<byte[]> kept = new ArrayList<>();
        ServerArguments parsed =
                ServerArguments.parse(withOperands(List.of("--server".getBytes(StandardCharsets.US_ASCII))), List.of());
        for (byte[] option : options.subList(0, Math.min(options.size(), MAX_TRIED))) {
            kept.add(option);
            try {
                parsed = ServerArguments.parse(withOperands(kept), List.of());
            } catch (TransferException e) {
                kept.removeLast();
            }
        }
        return parsed;
    }

    private List<byte[]> withOperands(List<byte[]> chosen) {
        List<byte[]> all = new ArrayList<>(chosen);
        all.add(DOT);
        all.addAll(operands);
        return all;
    }

    private static String text(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1);
    }
}
