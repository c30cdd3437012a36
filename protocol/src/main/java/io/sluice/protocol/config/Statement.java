package io.sluice.protocol.config;

/** What one logical line of a configuration file says. */
public sealed interface Statement {
    /**
     * {@code [name]}.
     *
     * @param file it stands in
     * @param line it begins on, from 1
     * @param name white space compressed to single spaces
     */
    record Header(String file, int line, String name) implements Statement {}

    /** {@code name = value}. */
    record Assignment(Parameter parameter) implements Statement {}

    /** {@code &name value}: the parameter's name begins with {@code &}. */
    record Directive(Parameter parameter) implements Statement {}

    /** A name without a value, which rsync goes on without. */
    record Ignored(ConfigurationException reason) implements Statement {}
}
