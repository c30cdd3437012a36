package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ints are what makedev(3) of Linux gives. */
class PackedDeviceTest {
    @ParameterizedTest
    @CsvSource({"8, 1, 801", "8, 300, 10082c", "4095, 255, fffff", "1, 1048575, fff001ff", "0, 0, 0"})
    void holdsBothNumbersAsLinuxDoes(int major, int minor, String hex) {
        int both = PackedDevice.of(major, minor);
        assertThat(Integer.toHexString(both)).isEqualTo(hex);
        assertThat(PackedDevice.major(both)).isEqualTo(major);
        assertThat(PackedDevice.minor(both)).isEqualTo(minor);
    }
}
