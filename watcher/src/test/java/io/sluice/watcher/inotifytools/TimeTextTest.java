package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in the words of strftime(3); what is expected was written by the GNU C library in the C locale. */
class TimeTextTest {
    private static String text(String format, String time, String zone) {
        ZoneId zoneId = ZoneId.of(zone);
        return new TimeText(
                        format,
                        Clock.fixed(LocalDateTime.parse(time).atZone(zoneId).toInstant(), zoneId))
                .get();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        UTC~2026-02-03T04:05:06~%d/%m/%y %H:%M~03/02/26 04:05
        UTC~2026-02-03T04:05:06~%a %A %b %B %h~Tue Tuesday Feb February Feb
        UTC~2026-02-03T04:05:06~%c~Tue Feb  3 04:05:06 2026
        UTC~2026-02-03T04:05:06~%C %y %Y %G %g %V~20 26 2026 2026 26 06
        UTC~2026-02-03T04:05:06~%D|%F|%R|%T|%r|%x|%X~02/03/26|2026-02-03|04:05|04:05:06|04:05:06 AM|02/03/26|04:05:06
        UTC~2026-02-03T04:05:06~%e %k %l %I~ 3  4  4 04
        UTC~2026-02-03T04:05:06~%j %U %W %u %w~034 05 05 2 2
        UTC~2026-02-03T04:05:06~%p %P %^a %#Z %#p %^B %^c~AM am TUE utc am FEBRUARY TUE FEB  3 04:05:06 2026
        UTC~2026-02-03T04:05:06~%-d %-m %_d %_H %0e %-I %-j~3 2  3  4 03 4 34
        UTC~2026-02-03T04:05:06~%10Y|%5d|%_5d|%-5d|%8a|%08a|%-8a~0000002026|00003|    3|    3|     Tue|00000Tue|     Tue
        UTC~2026-02-03T04:05:06~%Ey %Od %EY %OH~26 03 2026 04
        UTC~2026-02-03T04:05:06~%z %_z %-z~+0000 +   0 +0
        UTC~2026-02-03T04:05:06~%q %E %1 %! 100%~%q %E %1 %! 100%
        UTC~2026-02-03T04:05:06~%s %3s~1770091506 1770091506
        UTC~2026-02-03T04:05:06~%M:%S %n %t %%~05:06 <n> <t> %
        UTC~2026-02-03T04:05:06~%Z~UTC
        UTC~2026-02-03T04:05:06~%^5b|%#5b|%10F|%^10D~  FEB|  FEB|2026-02-03|  02/03/26
        UTC~2026-02-03T04:05:06~%012s|%_12s~001770091506|  1770091506
        UTC~2026-02-03T04:05:06~%N %L %J %f %+ %v~%N %L %J %f %+ %v
        Europe/Berlin~2024-12-30T13:59:01~%d/%m/%y %H:%M~30/12/24 13:59
        Europe/Berlin~2024-12-30T13:59:01~%a %A %b %B %h~Mon Monday Dec December Dec
        Europe/Berlin~2024-12-30T13:59:01~%c~Mon Dec 30 13:59:01 2024
        Europe/Berlin~2024-12-30T13:59:01~%C %y %Y %G %g %V~20 24 2024 2025 25 01
        Europe/Berlin~2024-12-30T13:59:01~%D|%F|%R|%T|%r|%x|%X~12/30/24|2024-12-30|13:59|13:59:01|01:59:01 PM|12/30/24|13:59:01
        Europe/Berlin~2024-12-30T13:59:01~%e %k %l %I~30 13  1 01
        Europe/Berlin~2024-12-30T13:59:01~%j %U %W %u %w~365 52 53 1 1
        Europe/Berlin~2024-12-30T13:59:01~%p %P %^a %#Z %#p %^B %^c~PM pm MON cet pm DECEMBER MON DEC 30 13:59:01 2024
        Europe/Berlin~2024-12-30T13:59:01~%-d %-m %_d %_H %0e %-I %-j~30 12 30 13 30 1 365
        Europe/Berlin~2024-12-30T13:59:01~%10Y|%5d|%_5d|%-5d|%8a|%08a|%-8a~0000002024|00030|   30|   30|     Mon|00000Mon|     Mon
        Europe/Berlin~2024-12-30T13:59:01~%Ey %Od %EY %OH~24 30 2024 13
        Europe/Berlin~2024-12-30T13:59:01~%z %_z %-z~+0100 + 100 +100
        Europe/Berlin~2024-12-30T13:59:01~%q %E %1 %! 100%~%q %E %1 %! 100%
        Europe/Berlin~2024-12-30T13:59:01~%s %3s~1735563541 1735563541
        Europe/Berlin~2024-12-30T13:59:01~%M:%S %n %t %%~59:01 <n> <t> %
        Europe/Berlin~2024-12-30T13:59:01~%Z~CET
        Europe/Berlin~2024-12-30T13:59:01~%^5b|%#5b|%10F|%^10D~  DEC|  DEC|2024-12-30|  12/30/24
        Europe/Berlin~2024-12-30T13:59:01~%012s|%_12s~001735563541|  1735563541
        Europe/Berlin~2024-12-30T13:59:01~%N %L %J %f %+ %v~%N %L %J %f %+ %v
        America/New_York~2021-01-03T00:00:00~%d/%m/%y %H:%M~03/01/21 00:00
        America/New_York~2021-01-03T00:00:00~%a %A %b %B %h~Sun Sunday Jan January Jan
        America/New_York~2021-01-03T00:00:00~%c~Sun Jan  3 00:00:00 2021
        America/New_York~2021-01-03T00:00:00~%C %y %Y %G %g %V~20 21 2021 2020 20 53
        America/New_York~2021-01-03T00:00:00~%D|%F|%R|%T|%r|%x|%X~01/03/21|2021-01-03|00:00|00:00:00|12:00:00 AM|01/03/21|00:00:00
        America/New_York~2021-01-03T00:00:00~%e %k %l %I~ 3  0 12 12
        America/New_York~2021-01-03T00:00:00~%j %U %W %u %w~003 01 00 7 0
        America/New_York~2021-01-03T00:00:00~%p %P %^a %#Z %#p %^B %^c~AM am SUN est am JANUARY SUN JAN  3 00:00:00 2021
        America/New_York~2021-01-03T00:00:00~%-d %-m %_d %_H %0e %-I %-j~3 1  3  0 03 12 3
        America/New_York~2021-01-03T00:00:00~%10Y|%5d|%_5d|%-5d|%8a|%08a|%-8a~0000002021|00003|    3|    3|     Sun|00000Sun|     Sun
        America/New_York~2021-01-03T00:00:00~%Ey %Od %EY %OH~21 03 2021 00
        America/New_York~2021-01-03T00:00:00~%z %_z %-z~-0500 - 500 -500
        America/New_York~2021-01-03T00:00:00~%q %E %1 %! 100%~%q %E %1 %! 100%
        America/New_York~2021-01-03T00:00:00~%s %3s~1609650000 1609650000
        America/New_York~2021-01-03T00:00:00~%M:%S %n %t %%~00:00 <n> <t> %
        America/New_York~2021-01-03T00:00:00~%Z~EST
        America/New_York~2021-01-03T00:00:00~%^5b|%#5b|%10F|%^10D~  JAN|  JAN|2021-01-03|  01/03/21
        America/New_York~2021-01-03T00:00:00~%012s|%_12s~001609650000|  1609650000
        America/New_York~2021-01-03T00:00:00~%N %L %J %f %+ %v~%N %L %J %f %+ %v
        Asia/Kolkata~2005-06-15T12:30:45~%d/%m/%y %H:%M~15/06/05 12:30
        Asia/Kolkata~2005-06-15T12:30:45~%a %A %b %B %h~Wed Wednesday Jun June Jun
        Asia/Kolkata~2005-06-15T12:30:45~%c~Wed Jun 15 12:30:45 2005
        Asia/Kolkata~2005-06-15T12:30:45~%C %y %Y %G %g %V~20 05 2005 2005 05 24
        Asia/Kolkata~2005-06-15T12:30:45~%D|%F|%R|%T|%r|%x|%X~06/15/05|2005-06-15|12:30|12:30:45|12:30:45 PM|06/15/05|12:30:45
        Asia/Kolkata~2005-06-15T12:30:45~%e %k %l %I~15 12 12 12
        Asia/Kolkata~2005-06-15T12:30:45~%j %U %W %u %w~166 24 24 3 3
        Asia/Kolkata~2005-06-15T12:30:45~%p %P %^a %#Z %#p %^B %^c~PM pm WED ist pm JUNE WED JUN 15 12:30:45 2005
        Asia/Kolkata~2005-06-15T12:30:45~%-d %-m %_d %_H %0e %-I %-j~15 6 15 12 15 12 166
        Asia/Kolkata~2005-06-15T12:30:45~%10Y|%5d|%_5d|%-5d|%8a|%08a|%-8a~0000002005|00015|   15|   15|     Wed|00000Wed|     Wed
        Asia/Kolkata~2005-06-15T12:30:45~%Ey %Od %EY %OH~05 15 2005 12
        Asia/Kolkata~2005-06-15T12:30:45~%z %_z %-z~+0530 + 530 +530
        Asia/Kolkata~2005-06-15T12:30:45~%q %E %1 %! 100%~%q %E %1 %! 100%
        Asia/Kolkata~2005-06-15T12:30:45~%s %3s~1118818845 1118818845
        Asia/Kolkata~2005-06-15T12:30:45~%M:%S %n %t %%~30:45 <n> <t> %
        Asia/Kolkata~2005-06-15T12:30:45~%Z~IST
        Asia/Kolkata~2005-06-15T12:30:45~%^5b|%#5b|%10F|%^10D~  JUN|  JUN|2005-06-15|  06/15/05
        Asia/Kolkata~2005-06-15T12:30:45~%012s|%_12s~001118818845|  1118818845
        Asia/Kolkata~2005-06-15T12:30:45~%N %L %J %f %+ %v~%N %L %J %f %+ %v
        """)
    void writesWhatTheLibraryWrites(String zone, String time, String format, String expected) {
        assertThat(text(format, time, zone))
                .isEqualTo(expected.replace("<n>", "\n").replace("<t>", "\t"));
    }
}
