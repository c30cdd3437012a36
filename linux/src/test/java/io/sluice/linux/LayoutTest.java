package io.sluice.linux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This module's place in the layout, read from its compiled classes: one class out of place fails a rule. */
class LayoutTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void knowsNothingOfRsyncOrOfAnyLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.sluice.linux..", "java..", "jdk.net..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void printsNothing() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
