package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of both daemons, in a module of its own. Its directory has {@code m} (the module's path), {@code s} (a client's files) and {@code d} (empty,
 * for what clients get). In all texts {@code @M} is the module's URL, {@code @N} its name, {@code @U/} the URL without a module, {@code @H} the directory.
 *
 * @param module its parameters, one a line; without a path it has {@code m}
 * @param prepare a shell script, run in the scenario's directory before all
 * @param mixed two processes of rsync's write the log and the client's output: which comes first is a matter of time
 * @param cutOff rsync's daemon hangs up on a client that still talks, which then cannot know why: neither its last words nor its exit code count
 * @param difference the row of the table of differences that tells why the two differ; empty: they do not
 * @param expected exactly how they differ
 */
record Scenario(
        String name,
        String module,
        String prepare,
        List<Step> steps,
        boolean needsRoot,
        boolean mixed,
        boolean cutOff,
        String difference,
        List<String> expected) {
    static Scenario named(String name, String... parameters) {
        return new Scenario(name, String.join("\n", parameters), "", List.of(), false, false, false, "", List.of());
    }

    /** What one client does. */
    sealed interface Step {
        /** The installed rsync with these arguments; {@code _} is a space. */
        record Client(String words) implements Step {}

        /** Bytes on a socket, a character each, whatever the answers are; then the end, and all answers are awaited. */
        record Bytes(String text) implements Step {}

        /** A connection that says this, and stays until the scenario ends. */
        record Held(String text) implements Step {}

        /** A script. */
        record Shell(String script) implements Step {}
    }

    Scenario prepare(String script) {
        return new Scenario(name, module, script, steps, needsRoot, mixed, cutOff, difference, expected);
    }

    Scenario client(String words) {
        return then(new Step.Client(words));
    }

    Scenario bytes(String text) {
        return then(new Step.Bytes(text));
    }

    Scenario held(String text) {
        return then(new Step.Held(text));
    }

    Scenario shell(String script) {
        return then(new Step.Shell(script));
    }

    private Scenario then(Step step) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        return new Scenario(name, module, prepare, List.copyOf(all), needsRoot, mixed, cutOff, difference, expected);
    }

    Scenario asRoot() {
        return new Scenario(name, module, prepare, steps, true, mixed, cutOff, difference, expected);
    }

    Scenario inAnyOrder() {
        return new Scenario(name, module, prepare, steps, needsRoot, true, cutOff, difference, expected);
    }

    Scenario endingCutOff() {
        return new Scenario(name, module, prepare, steps, needsRoot, mixed, true, difference, expected);
    }

    /**
     * The two differ, and should.
     *
     * @param row the name of a row of the table of differences
     * @param lines each line that only one of them has, as {@link Observation#differences} tells it
     */
    Scenario differs(String row, String... lines) {
        return new Scenario(name, module, prepare, steps, needsRoot, mixed, cutOff, row, List.of(lines));
    }
}
