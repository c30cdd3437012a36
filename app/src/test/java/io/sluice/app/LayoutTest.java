package io.sluice.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This module's place in the layout, read from its compiled classes: one class out of place fails a rule. */
class LayoutTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void holdsNoLogicOfTheProtocol() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.protocol.wire..",
                        "io.sluice.protocol.session..",
                        "io.sluice.protocol.filelist..",
                        "io.sluice.protocol.delta..",
                        "io.sluice.protocol.checksum..",
                        "io.sluice.protocol.transfer..",
                        "io.netty..")
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
