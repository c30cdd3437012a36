package io.sluice.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of limits and privileges that are not this host's own, so that each case is seen. */
class HostCheckTest {
    private static final Capabilities NONE = new Capabilities(0);
    private static final Capabilities ADMIN = new Capabilities(1L << 21);

    private static List<Diagnosis> run(InotifyLimits limits, Capabilities capabilities, long directories, int sources) {
        return new HostCheck(limits, capabilities, 0).run(directories, sources);
    }

    private static Diagnosis of(List<Diagnosis> found, String check) {
        return found.stream()
                .filter(one -> one.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, false, GOOD, ''",
        "1001, false, WARNING, sysctl -w fs.inotify.max_user_watches=2048",
        "1001, true,  NOTE, sysctl -w fs.inotify.max_user_watches=2048",
        "9102, false, WARNING, sysctl -w fs.inotify.max_user_watches=10240",
    })
    void comparesWatchesWithDirectories(long directories, boolean admin, Diagnosis.Verdict verdict, String advice) {
        Diagnosis watches =
                of(run(new InotifyLimits(1000, 128, 16_384), admin ? ADMIN : NONE, directories, 1), "watches");
        assertThat(watches.verdict()).isEqualTo(verdict);
        assertThat(watches.advice()).startsWith(advice);
        assertThat(watches.text()).startsWith(directories + " directories");
    }

    @Test
    void wantsAnInstanceForEachSourceAndRoomForBursts() {
        List<Diagnosis> few = run(new InotifyLimits(1000, 3, 16), NONE, 1, 3);
        assertThat(of(few, "instances").verdict()).isEqualTo(Diagnosis.Verdict.BAD);
        assertThat(of(few, "instances").advice()).startsWith("sysctl -w fs.inotify.max_user_instances=6");
        assertThat(of(few, "queue").verdict()).isEqualTo(Diagnosis.Verdict.WARNING);
        List<Diagnosis> enough = run(new InotifyLimits(1000, 4, 16_384), NONE, 1, 3);
        assertThat(of(enough, "instances").verdict()).isEqualTo(Diagnosis.Verdict.GOOD);
        assertThat(of(enough, "queue").verdict()).isEqualTo(Diagnosis.Verdict.GOOD);
    }

    @Test
    void tellsWhetherFanotifyIsPossible() {
        assertThat(of(run(new InotifyLimits(9, 9, 9), ADMIN, 1, 1), "privileges")
                        .verdict())
                .isEqualTo(Diagnosis.Verdict.GOOD);
        assertThat(of(run(new InotifyLimits(9, 9, 9), NONE, 1, 1), "privileges").advice())
                .contains("AmbientCapabilities=CAP_SYS_ADMIN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CapEff:\t0000000000200000 | true  | false
                    CapEff:\t0000000000000004 | false | true
                    CapEff:\t0000000000000002 | false | true
                    CapEff:\tffffffffffffffff | true  | true
                    CapEff:\tnonsense         | false | false
                    CapPrm:\t0000000000200000 | false | false
                    """)
    void readsCapabilities(String line, boolean administers, boolean readsAll) {
        Capabilities capabilities = Capabilities.parse("Name:\tjava\n" + line.replace("\\t", "\t") + "\nSeccomp:\t0\n");
        assertThat(capabilities.administers()).isEqualTo(administers);
        assertThat(capabilities.readsAll()).isEqualTo(readsAll);
    }
}
