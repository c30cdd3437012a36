package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import io.sluice.watcher.mirror.MirrorPolicy;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a section says of a mirror's bounds. */
final class PolicyParameters {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg]?)");

    private PolicyParameters() {}

    /**
     * Reads it.
     *
     * @param values gives the last parameter of a name; null: there is none
     */
    static MirrorPolicy read(Function<MirrorParameter, @Nullable Parameter> values) throws ConfigurationException {
        MirrorPolicy policy = MirrorPolicy.DEFAULT;
        Parameter memory = values.apply(MirrorParameter.MAX_DIRTY_MEMORY);
        if (memory != null) {
            policy = policy.withMaxDirtyBytes(bytes(memory));
        }
        Parameter insist = values.apply(MirrorParameter.INSIST);
        return insist == null ? policy : policy.withInsist(insist.flag());
    }

    private static long bytes(Parameter parameter) throws ConfigurationException {
        Matcher matcher = SIZE.matcher(parameter.text().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw parameter.error(
                    "max dirty memory: " + parameter.text() + " (expected: a size such as 512k, 16m or 1g)");
        }
        int shift = switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }
}
