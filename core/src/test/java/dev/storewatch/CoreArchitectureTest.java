package dev.storewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the packages: hours and uptime may use interval, any may use input, and
 * that is all.
 */
class CoreArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.storewatch");

  @Test
  void inputAndIntervalStandAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("..input", "..instant", "..interval")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..hours", "..uptime")
        .check(CORE);
  }

  @Test
  void hoursAndUptimeDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("..hours")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..uptime")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("..uptime")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..hours")
        .check(CORE);
  }

  @Test
  void onlyHoursKnowsZones() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..hours")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.ZoneId")
        .check(CORE);
  }

  @Test
  void nothingButTheJdkIsUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.storewatch..", "java..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<JavaPackage> packages =
        CORE.stream().map(type -> type.getPackage()).collect(Collectors.toSet());
    assertThat(packages).extracting(JavaPackage::getName).contains("dev.storewatch.uptime");
    assertThat(packages).allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }
}
