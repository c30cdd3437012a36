package io.sluice.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks, all or those whose name an argument is part of, in about half a minute each class. From the
 * root of the sources:
 *
 * <pre>mvn -q -pl benchmarks -am -Pjmh -DskipTests -Djmh.arguments="Rolling Strong" test</pre>
 *
 * <p>Scores are GB/s (bytes per nanosecond); {@code gc.alloc.rate.norm} is bytes allocated for each byte processed.
 */
public final class Microbenchmarks {
    private static final int ITERATIONS = 3;
    private static final TimeValue ITERATION = TimeValue.milliseconds(700);

    private Microbenchmarks() {}

    /** Runs what the arguments name. */
    public static void main(String[] arguments) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                .warmupIterations(ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        for (String argument : arguments) {
            options.include(argument);
        }
        new Runner(options.build()).run();
    }
}
