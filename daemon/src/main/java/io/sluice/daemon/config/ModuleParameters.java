package io.sluice.daemon.config;

import io.sluice.daemon.files.OperatorFile;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.Place;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters that hold for one module (or, for defaults, globally), with {@code %VARIABLE%}s replaced as they are asked for. */
final class ModuleParameters {
    private static final String OF_CONNECTION = "%RSYNC_";

    private final Map<KnownParameter, Parameter> values;
    private final Map<String, String> variables;
    private final Map<String, byte[]> connection;
    private final Place origin;
    private final Findings findings;

    /**
     * @param origin where the module begins
     * @param findings gets what is wrong
     */
    ModuleParameters(
            Map<KnownParameter, Parameter> values, Map<String, String> variables, Place origin, Findings findings) {
        this(values, variables, Map.of(), origin, findings);
    }

    private ModuleParameters(
            Map<KnownParameter, Parameter> values,
            Map<String, String> variables,
            Map<String, byte[]> connection,
            Place origin,
            Findings findings) {
        this.values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
        this.variables = variables;
        this.connection = connection;
        this.origin = origin;
        this.findings = findings;
    }

    Map<String, String> variables() {
        return variables;
    }

    /** The same parameters with variables that count before all others. */
    ModuleParameters with(Map<String, byte[]> ofConnection) {
        return new ModuleParameters(values, variables, Map.copyOf(ofConnection), origin, Findings.upToAnError());
    }

    /** Whether a value refers to one of the variables that rsync(1) sets for each connection. */
    boolean dependOnConnection() {
        return values.values().stream().anyMatch(parameter -> parameter.text().contains(OF_CONNECTION));
    }

    /** The value's bytes; empty if it is not set. */
    byte[] bytes(KnownParameter name) {
        Parameter parameter = expanded(name);
        return parameter == null ? new byte[0] : parameter.bytes();
    }

    /** The value's bytes with its variables as they are written; empty if it is not set. */
    byte[] raw(KnownParameter name) {
        Parameter parameter = values.get(name);
        return parameter == null ? new byte[0] : parameter.bytes();
    }

    String text(KnownParameter name, String otherwise) {
        Parameter parameter = expanded(name);
        return parameter == null ? otherwise : parameter.text();
    }

    /** The name of a file that is opened for a connection: it is inside the daemon's root, if it has one of its own. */
    String file(KnownParameter name, String otherwise) {
        return OperatorFile.inside(text(KnownParameter.DAEMON_CHROOT, ""), text(name, otherwise));
    }

    /** Only flags are kept of what is to be one. */
    boolean flag(KnownParameter name, boolean otherwise) {
        Parameter parameter = values.get(name);
        return parameter == null ? otherwise : Flags.value(parameter.text()).orElse(0) == 1;
    }

    OptionalInt flagOrUnset(KnownParameter name) {
        Parameter parameter = values.get(name);
        return parameter == null ? OptionalInt.empty() : Flags.value(parameter.text());
    }

    int number(KnownParameter name, int otherwise) {
        Parameter parameter = values.get(name);
        return parameter == null ? otherwise : Flags.number(parameter.text());
    }

    /** A number that rsync does not know, and that has to be one. */
    int number(KnownParameter name, int otherwise, int min, int max) throws ConfigurationException {
        Parameter parameter = expanded(name);
        if (parameter == null) {
            return otherwise;
        }
        try {
            return parameter.number(min, max);
        } catch (ConfigurationException e) {
            findings.error(e);
            return otherwise;
        }
    }

    /** Tells that a value makes no sense; if this returns, somebody only wants to know what is wrong. */
    void fault(KnownParameter name, String reason) throws ConfigurationException {
        Place place = place(name);
        findings.error(new ConfigurationException(place.file(), place.line(), reason));
    }

    /** Where a parameter is set; if it is not, where the module begins. */
    Place place(KnownParameter name) {
        Parameter parameter = values.get(name);
        return parameter == null ? origin : new Place(parameter.file(), parameter.line());
    }

    /** Whether a value refers to a variable that is known only once there is a connection. */
    boolean dependsOnConnection(KnownParameter name) {
        Parameter parameter = values.get(name);
        return parameter != null && parameter.text().contains(OF_CONNECTION);
    }

    private @Nullable Parameter expanded(KnownParameter name) {
        Parameter parameter = values.get(name);
        if (parameter == null) {
            return null;
        }
        return parameter.withBytes(expand(parameter.bytes(), variable -> {
            byte[] known = connection.get(variable);
            return known == null ? value(variables, variable) : known;
        }));
    }

    /** Replaces each {@code %NAME%} that begins with a capital letter and is set; all else stays as it is. */
    static byte[] expand(byte[] value, Map<String, String> variables) {
        return expand(value, name -> value(variables, name));
    }

    private static byte @Nullable [] value(Map<String, String> variables, String name) {
        String text = variables.get(name);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] expand(byte[] value, Function<String, byte @Nullable []> variables) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        StringBuilder expanded = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length()) {
            int end = reference(text, position);
            byte[] replacement = end < 0 ? null : variables.apply(text.substring(position + 1, end));
            if (replacement == null) {
                expanded.append(text.charAt(position++));
            } else {
                expanded.append(new String(replacement, StandardCharsets.ISO_8859_1));
                position = end + 1;
            }
        }
        return expanded.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where the reference that begins at {@code position} ends, or -1. */
    private static int reference(String text, int position) {
        boolean begins = text.charAt(position) == '%'
                && position + 1 < text.length()
                && text.charAt(position + 1) >= 'A'
                && text.charAt(position + 1) <= 'Z';
        return begins ? text.indexOf('%', position + 1) : -1;
    }
}
