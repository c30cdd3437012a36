package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.OptionName.Argument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a server's arguments into options and operands: bundled letters ({@code -vlogDtpr}), values in the same argument ({@code -B700},
 * {@code --timeout=5}) or in the next one. Everything after the first operand, or after {@code --}, is an operand too, whatever it begins with.
 */
final class ArgumentScanner {
    private final List<byte[]> arguments;
    private final List<byte[]> operands = new ArrayList<>();
    private int next;

    /** Takes an option's name, its value ("" if it has none) and the argument as it was written. */
    @FunctionalInterface
    interface Handler {
        void option(OptionName option, String value, String written) throws TransferException;
    }

    ArgumentScanner(List<byte[]> arguments) {
        this.arguments = arguments;
    }

    /**
     * Hands each option to {@code handler}, in order.
     *
     * @return the operands, the lone dot included
     */
    List<byte[]> scan(Handler handler) throws TransferException {
        while (next < arguments.size()) {
            byte[] argument = arguments.get(next++);
            if (argument.length < 2 || argument[0] != '-' || !operands.isEmpty()) {
                operands.add(argument);
                continue;
            }
            String written = text(argument);
            if (written.equals("--")) {
                operands.addAll(arguments.subList(next, arguments.size()));
                return operands;
            }
            if (written.startsWith("--")) {
                longOption(written, handler);
            } else {
                letters(written, handler);
            }
        }
        return operands;
    }

    private void longOption(String written, Handler handler) throws TransferException {
        int equals = written.indexOf('=');
        String name = equals < 0 ? written.substring(2) : written.substring(2, equals);
        OptionName option = OptionNames.ofName(name).orElseThrow(() -> fail(written, "unknown option"));
        if (option.argument() == Argument.NONE) {
            if (equals >= 0) {
                throw fail(written, "option does not take an argument");
            }
            handler.option(option, "", written);
        } else if (equals >= 0) {
            handler.option(option, written.substring(equals + 1), written);
        } else {
            String value = following(written);
            handler.option(option, value, value);
        }
    }

    private void letters(String written, Handler handler) throws TransferException {
        for (int i = 1; i < written.length(); i++) {
            OptionName option =
                    OptionNames.ofLetter(written.charAt(i)).orElseThrow(() -> fail(written, "unknown option"));
            if (option.argument() == Argument.NONE) {
                handler.option(option, "", written);
                continue;
            }
            String attached = written.substring(i + 1);
            if (attached.isEmpty()) {
                String value = following(written);
                handler.option(option, value, value);
            } else {
                handler.option(option, attached.startsWith("=") ? attached.substring(1) : attached, written);
            }
            return;
        }
    }

    private String following(String written) throws TransferException {
        if (next == arguments.size()) {
            throw fail(written, "missing argument");
        }
        return text(arguments.get(next++));
    }

    /** Returns the int that {@code value} is, a part of the argument {@code written}. */
    static int number(String value, String written) throws TransferException {
        try {
            long number = Long.parseLong(value.strip());
            if (number != (int) number) {
                throw fail(written, "number too large or too small");
            }
            return (int) number;
        } catch (NumberFormatException e) {
            throw fail(written, "invalid numeric value");
        }
    }

    static TransferException fail(String written, String why) {
        return new TransferException(ExitCode.SYNTAX, "on remote machine: " + written + ": " + why);
    }

    /** Options are ASCII; any other byte keeps its value. */
    private static String text(byte[] argument) {
        return new String(argument, StandardCharsets.ISO_8859_1);
    }
}
