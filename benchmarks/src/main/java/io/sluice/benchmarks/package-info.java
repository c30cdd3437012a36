/** Measurements: of the hot loops ({@code Microbenchmarks}), beside the installed rsync ({@code Compare}), of live mirrors ({@code Latency}). */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
