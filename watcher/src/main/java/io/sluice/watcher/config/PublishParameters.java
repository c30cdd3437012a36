package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import io.sluice.watcher.mirror.Publishing;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a section says of the moment at which changes become visible. */
final class PublishParameters {
    private final Function<MirrorParameter, @Nullable Parameter> values;

    private PublishParameters(Function<MirrorParameter, @Nullable Parameter> values) {
        this.values = values;
    }

    /**
     * Reads it.
     *
     * @param values gives the last parameter of a name; null: there is none
     * @param options of the transfers; null: they make no sense
     */
    static Publishing read(Function<MirrorParameter, @Nullable Parameter> values, @Nullable MirrorOptions options)
            throws ConfigurationException {
        return new PublishParameters(values).publishing(options);
    }

    private Publishing publishing(@Nullable MirrorOptions options) throws ConfigurationException {
        Parameter publish = values.apply(MirrorParameter.PUBLISH);
        String word = publish == null ? "independent" : publish.text().toLowerCase(Locale.ROOT);
        boolean together = word.equals("together");
        if (publish != null && !together && !word.equals("independent")) {
            throw publish.error("publish: " + publish.text() + " (expected: together or independent)");
        }
        if (publish != null
                && together
                && options != null
                && options.transfer().placement().inplace()) {
            throw publish.error(
                    "publish = together (expected: no --inplace or --append, which change what is visible)");
        }
        Publishing publishing = together ? Publishing.TOGETHER : Publishing.INDEPENDENT;
        Parameter deadline = values.apply(MirrorParameter.TOGETHER_DEADLINE);
        if (deadline != null) {
            publishing = publishing.withDeadline(time(deadline));
        }
        Parameter before = values.apply(MirrorParameter.BEFORE_PUBLISH);
        Parameter after = values.apply(MirrorParameter.AFTER_PUBLISH);
        Parameter hook = before == null ? after : before;
        if (hook != null && !together) {
            throw hook.error(hook.name() + " (expected: only with publish = together)");
        }
        publishing = before == null ? publishing : publishing.withBefore(before.text());
        return after == null ? publishing : publishing.withAfter(after.text());
    }

    private static Duration time(Parameter parameter) throws ConfigurationException {
        return DurationText.parse(parameter.text())
                .orElseThrow(() -> parameter.error(
                        parameter.name() + ": " + parameter.text() + " (expected: " + DurationText.EXPECTED + ")"));
    }
}
