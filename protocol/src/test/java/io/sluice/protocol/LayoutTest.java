package io.sluice.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** This module's place in the layout, read from its compiled classes: one class out of place fails a rule. */
class LayoutTest {
    private static final String ROOT = "io.sluice.protocol";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void packagesKnowOnlyThoseBelow() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("root")
                .definedBy(ROOT);
        for (String name : Set.of("config", "event", "files", "tls", "wire", "session", "transfer")) {
            layers = layers.layer(name).definedBy(ROOT + "." + name + "..");
        }
        layers.layer("parts")
                .definedBy(
                        ROOT + ".filelist..",
                        ROOT + ".filter..",
                        ROOT + ".delta..",
                        ROOT + ".checksum..",
                        ROOT + ".options..")
                .whereLayer("root")
                .mayNotAccessAnyLayer()
                .whereLayer("config")
                .mayOnlyAccessLayers("root")
                .whereLayer("event")
                .mayOnlyAccessLayers("root")
                .whereLayer("files")
                .mayOnlyAccessLayers("root")
                .whereLayer("tls")
                .mayOnlyAccessLayers("root", "files")
                .whereLayer("wire")
                .mayOnlyAccessLayers("root", "event")
                .whereLayer("session")
                .mayOnlyAccessLayers("root", "event", "wire")
                .whereLayer("parts")
                .mayOnlyAccessLayers("root", "event", "files", "wire", "session")
                .whereLayer("transfer")
                .mayOnlyAccessLayers("root", "event", "files", "wire", "session", "parts")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** Without this, a package of another name would escape the rule of the layers. */
    @Test
    void everyPackageHasItsLayer() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".config..",
                        ROOT + ".event..",
                        ROOT + ".files..",
                        ROOT + ".tls..",
                        ROOT + ".wire..",
                        ROOT + ".session..",
                        ROOT + ".filelist..",
                        ROOT + ".filter..",
                        ROOT + ".delta..",
                        ROOT + ".checksum..",
                        ROOT + ".options..",
                        ROOT + ".transfer..")
                .check(CLASSES);
    }

    /** The JDK's interfaces for TLS have methods with sockets, which nobody calls. */
    @Test
    void knowsNoSocketNoNetworkNoCommandLineAndNoLog() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".tls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "io.netty..", "picocli..", "org.slf4j..", "ch.qos.logback..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.channels\\.(.*Socket|Datagram|.*Selector|Selection).*")
                .check(CLASSES);
    }

    @Test
    void knowsNoOtherModuleThanLinux() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.client..", "io.sluice.daemon..", "io.sluice.watcher..", "io.sluice.app..")
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

    @Test
    void printsNothing() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
