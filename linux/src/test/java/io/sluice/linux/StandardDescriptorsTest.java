package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The flags as the kernel shows them afterwards; a descriptor that is not open fails, so the call does reach the kernel. */
class StandardDescriptorsTest {
    private static final int NONBLOCK = 04000;

    @Test
    void leavesADescriptorBlocking() throws IOException {
        StandardDescriptors.makeBlocking(1);
        String flags = Files.readString(Path.of("/proc/self/fdinfo/1"))
                .lines()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & NONBLOCK).isZero();
    }

    @Test
    void refusesADescriptorThatIsNotOpen() {
        assertThatThrownBy(() -> StandardDescriptors.makeBlocking(987_654))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }
}
