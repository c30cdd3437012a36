package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --max-alloc} at the places where arrays grow. Nothing is allocated here: what is refused is refused by its length. */
class AllocationLimitTest {
    private static final String WHAT = "numbers";

    /** rsync refuses an allocation that is as long as the limit, too. */
    @ParameterizedTest
    @CsvSource({"1048575, 1", "131071, 8", "262143, 4", "0, 8"})
    void whatIsShorterThanTheLimitMayBeMade(long elements, int width) {
        assertThat(new AllocationLimit(1 << 20).require(elements, width, WHAT)).isEqualTo((int) elements);
    }

    @ParameterizedTest
    @CsvSource({"1048576, 1", "131072, 8", "262144, 4", "9223372036854775807, 8", "-1, 1"})
    void whatIsNotIsRefusedInTheWordsOfRsync(long elements, int width) {
        assertThatThrownBy(() -> new AllocationLimit(1 << 20).require(elements, width, WHAT))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=1048576 setting (numbers)");
    }

    /** Growth in steps must not refuse what would fit if it grew by less. */
    @Test
    void growthIsByHalfAndStopsShortOfTheLimit() {
        AllocationLimit limit = new AllocationLimit(8000);
        assertThat(limit.grown(0, 1, 8, WHAT)).isEqualTo(16);
        assertThat(limit.grown(100, 101, 8, WHAT)).isEqualTo(166);
        assertThat(limit.grown(900, 901, 8, WHAT)).isEqualTo(999);
        assertThat(limit.grown(100, 500, 8, WHAT)).isEqualTo(500);
        assertThatThrownBy(() -> limit.grown(999, 1000, 8, WHAT)).isInstanceOf(AllocationException.class);
    }

    /** Without any limit an array still has no more elements than one can have. */
    @Test
    void noLimitEndsWhereArraysEnd() {
        AllocationLimit none = new AllocationLimit(Long.MAX_VALUE);
        assertThat(none.grown(Integer.MAX_VALUE - 100, Integer.MAX_VALUE - 50, 1, WHAT))
                .isEqualTo(Integer.MAX_VALUE - 8);
        assertThatThrownBy(() -> none.require(Integer.MAX_VALUE, 1, WHAT)).isInstanceOf(AllocationException.class);
    }

    @Test
    void bytesAreCopiedOnlyWhenTheyLackRoom() {
        AllocationLimit limit = new AllocationLimit(64);
        byte[] bytes = {1, 2, 3, 0};
        assertThat(limit.ensure(bytes, 3, 1, WHAT)).isSameAs(bytes);
        assertThat(limit.ensure(bytes, 3, 2, WHAT)).startsWith(1, 2, 3).hasSizeBetween(5, 63);
        assertThatThrownBy(() -> limit.ensure(bytes, 3, 61, WHAT)).isInstanceOf(AllocationException.class);
    }

    /** A whole transfer ends with it: it is memory that is missing, as far as the exit code says. */
    @Test
    void itsExitCodeIsThatOfMissingMemory() {
        TransferException failure =
                TransferException.of(new AllocationException("exceeded --max-alloc=1048576 setting (numbers)"));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.MALLOC);
        assertThat(((MemoryException) failure).sentence("sender"))
                .isEqualTo("[sender] exceeded --max-alloc=1048576 setting (numbers)");
        assertThat(TransferException.of(new OutOfMemoryError("Java heap space")).exitCode())
                .isEqualTo(ExitCode.MALLOC);
    }
}
