package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call fails with one error of the kernel, and no other. */
final class Failure {
    private Failure() {}

    static SystemCallException of(int errno, ThrowingCallable call) {
        SystemCallException failure = Assertions.catchThrowableOfType(SystemCallException.class, call);
        assertThat(failure).as("a failure with " + Errno.name(errno)).isNotNull();
        assertThat(Errno.name(failure.errno())).isEqualTo(Errno.name(errno));
        return failure;
    }
}
