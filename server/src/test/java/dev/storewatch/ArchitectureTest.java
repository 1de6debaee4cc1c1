package dev.storewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the packages. */
final class ArchitectureTest {
  private static final String ROOT = "dev.storewatch";
  private static final String CORE = "input interval hours uptime";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @ParameterizedTest
  @CsvSource({
    "input, ''",
    "interval, ''",
    "hours, interval",
    "uptime, input interval hours",
    "setting, input",
    "database, setting input",
    "work, database",
    "http, database setting input",
    "openapi, http",
    "store, database http setting " + CORE,
    "poll, store database work " + CORE,
    "report, poll store database http setting work " + CORE,
    "timeline, poll store database http " + CORE,
    "state, poll store database " + CORE,
    "file, store setting " + CORE,
    "importing, file poll store database http setting work " + CORE,
    "push, file poll store database http setting " + CORE,
    "audit, database http store interval",
    "access, audit database http store work " + CORE,
    "signin, access audit database http work",
    "gate, signin access audit database http store work " + CORE,
    "metrics, report importing push file gate poll store database " + CORE,
    "copy, importing file poll store database " + CORE,
    "demo, " + CORE,
    "dialect, report timeline importing poll store http " + CORE,
    "cli, report timeline importing file audit access copy poll store database http demo server "
        + CORE,
  })
  void dependsOnWhatIsBelowAlone(String name, String below) {
    List<String> allowed = new ArrayList<>(List.of(ROOT + "." + name + ".."));
    Stream.of(below.split(" ", -1))
        .filter(other -> !other.isEmpty())
        .map(other -> other.equals("server") ? ROOT : ROOT + "." + other + "..")
        .forEach(allowed::add);
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackage(ROOT + "..")
                .or(JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void readsFilesWithoutDatabaseAndSpring() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".file..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackages(
                "org.springframework..", "java.sql..", ROOT + ".database.."))
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void saysInEveryPackageThatNothingIsNull() {
    classes()
        .should(
            new ArchCondition<JavaClass>("reside in a package that is @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                JavaPackage owner = item.getPackage();
                events.add(
                    new SimpleConditionEvent(
                        item,
                        owner.isAnnotatedWith(NullMarked.class),
                        owner.getName() + " has no package-info.java with @NullMarked"));
              }
            })
        .check(CLASSES);
  }
}
