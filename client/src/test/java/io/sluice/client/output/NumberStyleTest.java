package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as rsync 3.5.0 prints them: each level gives another text, so a level mixed up fails. */
class NumberStyleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0|0|0|0",
                "999|999|999|999|999",
                "1000|1000|1,000|1.00K|1,000",
                "4096|4096|4,096|4.10K|4.00K",
                "-4096|-4096|-4,096|-4.10K|-4.00K",
                "1234567|1234567|1,234,567|1.23M|1.18M",
                "2147483648|2147483648|2,147,483,648|2.15G|2.00G",
                "9223372036854775807|9223372036854775807|9,223,372,036,854,775,807|9223.37P|8192.00P"
            })
    void showsSizes(long number, String plain, String grouped, String thousands, String binary) {
        assertThat(new NumberStyle(0).human(number)).isEqualTo(plain);
        assertThat(new NumberStyle(1).human(number)).isEqualTo(grouped);
        assertThat(new NumberStyle(2).human(number)).isEqualTo(thousands);
        assertThat(new NumberStyle(3).human(number)).isEqualTo(binary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "676|676.00|676.00|676.00",
                "1010.25|1010.25|1,010.25|1.01K",
                "0.125|0.12|0.12|0.12",
                "0.375|0.38|0.38|0.38"
            })
    void showsRatesWithTwoDecimals(double number, String plain, String grouped, String thousands) {
        assertThat(new NumberStyle(0).human(number, 2)).isEqualTo(plain);
        assertThat(new NumberStyle(1).human(number, 2)).isEqualTo(grouped);
        assertThat(new NumberStyle(2).human(number, 2)).isEqualTo(thousands);
    }
}
