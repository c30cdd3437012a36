package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, names and texts of errors. */
class ErrnoTest {
    /** Each constant names the line of the table where it stands: one line too many or too few shifts all after it. */
    @Test
    void everyConstantHasItsOwnName() throws IllegalAccessException {
        int checked = 0;
        for (Field field : Errno.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                assertThat(Errno.name(field.getInt(null))).isEqualTo(field.getName());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, Operation not permitted",
        "2, ENOENT, No such file or directory",
        "28, ENOSPC, No space left on device",
        "40, ELOOP, Too many levels of symbolic links",
        "122, EDQUOT, Disk quota exceeded",
        "132, ERFKILL, Operation not possible due to RF-kill",
        "0, errno 0, Unknown error 0",
        "41, errno 41, Unknown error 41",
        "133, errno 133, Unknown error 133",
        "9999, errno 9999, Unknown error 9999",
        "-1, errno -1, Unknown error -1",
    })
    void textsAreTheCLibrarys(int errno, String name, String text) {
        assertThat(Errno.name(errno)).isEqualTo(name);
        assertThat(Errno.text(errno)).isEqualTo(text);
    }
}
