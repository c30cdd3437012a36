package io.sluice.watcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** This module's place in the layout, read from its compiled classes: one class out of place fails a rule. */
class LayoutTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void knowsNoDaemonAndNoWire() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sluice.daemon..", "io.sluice.app..", "io.sluice.protocol.wire..")
                .check(CLASSES);
    }

    @Test
    void leavesTheNetworksEdgeToHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.watcher.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..")
                .check(CLASSES);
    }

    /** A program that uses a mirror as a library need not load them. */
    @Test
    void leavesTellingOthersToStatus() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.sluice.watcher.status..", "io.sluice.watcher.http..", "io.sluice.watcher.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.sluice.watcher.http..")
                .check(CLASSES);
    }

    /** Somebody may set the clock, or a server of time: whatever waits or counts has to do so by a clock that only goes on. */
    @Test
    void waitsByNoClockThatCanBeSet() {
        noClasses()
                .that()
                .resideInAnyPackage("io.sluice.watcher.mirror..", "io.sluice.watcher.monitor..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\.(Clock|LocalDateTime|ZonedDateTime)|java\\.util\\.(Date|Timer)")
                .check(CLASSES);
    }

    @Test
    void leavesNativeAccessToLinux() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup|FunctionDescriptor|AddressLayout).*")
                .check(CLASSES);
    }
}
