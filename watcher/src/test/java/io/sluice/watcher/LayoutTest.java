package io.sluice.watcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This module's place in the layout, read from its compiled classes: one class out of place fails a rule. */
class LayoutTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void knowsNoDaemonAndNoWire() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sluice.daemon..", "io.sluice.app..", "io.sluice.protocol.wire..", "io.netty..")
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
