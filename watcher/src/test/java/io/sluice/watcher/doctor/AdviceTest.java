package io.sluice.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.Location;
import io.sluice.protocol.ExitCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of failure leads to its own advice; DoctorIT sees the daemons' own words. */
class AdviceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rsync://h/m/ | START_CLIENT    | @ERROR: auth failed on module m        | login  | secrets file
                    rsync://h/m/ | START_CLIENT    | @ERROR: Unknown module 'm'             | module | section
                    rsync://h/m/ | START_CLIENT    | @ERROR: access denied to m from h (::) | module | hosts allow
                    rsync://h/m/ | SYNTAX          | ERROR: module is read only             | write  | read only = no
                    rsync://h/m/ | START_CLIENT    | @ERROR: chdir failed                   | write  | path
                    rsync://h/m/ | SOCKET_IO       | failed to connect: Connection refused  | reach  | nobody listens
                    rsync://h/m/ | SOCKET_IO       | Name or service not known              | reach  | DNS
                    rsync://h/m/ | CONNECT_TIMEOUT | timeout waiting for daemon connection  | reach  | nothing answers
                    rsync://h/m/ | STREAM_IO       | something else                         | reach  | log on that host
                    h:path       | STREAM_IO       | connection unexpectedly closed         | reach  | ssh -o BatchMode=yes
                    """)
    void fitsWhatFailed(String place, ExitCode code, String words, String check, String advice) {
        Location location = Location.parse(place.getBytes(StandardCharsets.UTF_8));
        Advice.Explained explained = Advice.of(code, words, location);
        assertThat(explained.check()).isEqualTo(check);
        assertThat(explained.advice()).contains(advice);
    }
}
