package dev.storewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Conditional;

/** Holds the arrows between the packages, as docs/architecture.md has them. */
final class ArchitectureTest {
  private static final String ROOT = "dev.storewatch";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/storewatch/bench/"))
          // What the build wrote down of the server's beans.
          .withImportOption(location -> !location.contains("__"))
          .importPackages(ROOT);

  @ParameterizedTest
  @MethodSource("packages")
  void dependsOnWhatIsBelowAlone(PackageTable.Row row) {
    Set<String> allowed =
        row.mayImport().stream()
            .flatMap(name -> PackageTable.Row.packages(name).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    allowed.add(row.name());

    classes()
        .that(
            new DescribedPredicate<JavaClass>("are in the package " + row) {
              @Override
              public boolean test(JavaClass each) {
                return name(each).equals(row.name());
              }
            })
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>("are in what docs/architecture.md says: " + allowed) {
              @Override
              public boolean test(JavaClass each) {
                return !isOurs(each) || allowed.contains(name(each));
              }
            })
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void dependsOnAllThatTheTableAllows(PackageTable.Row row) {
    Set<String> used =
        CLASSES.stream()
            .filter(each -> name(each).equals(row.name()))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(arrow -> arrow.getTargetClass().getBaseComponentType())
            .filter(ArchitectureTest::isOurs)
            .map(ArchitectureTest::name)
            .collect(Collectors.toSet());

    assertThat(row.mayImport())
        .as("what docs/architecture.md says that %s may import, and a class of it does", row)
        .doesNotHaveDuplicates()
        .allMatch(name -> PackageTable.Row.packages(name).stream().anyMatch(used::contains));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void isDescribedAlikeInTheTableAndInItsPackage(PackageTable.Row row) throws IOException {
    assertThat(row.sentence()).isEqualTo(PackageTable.sentence(row.name()));
  }

  @Test
  void hasARowForEachPackageAndNoOther() {
    Set<String> found =
        CLASSES.stream().map(ArchitectureTest::name).collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages())
        .extracting(PackageTable.Row::name)
        .as("the packages in docs/architecture.md that are not marked as (coming)")
        .containsExactlyInAnyOrderElementsOf(found);
  }

  static List<PackageTable.Row> packages() {
    return PackageTable.existing();
  }

  private static boolean isOurs(JavaClass each) {
    return each.getPackageName().equals(ROOT) || each.getPackageName().startsWith(ROOT + ".");
  }

  /** Returns the name by which the table has the package of a class. */
  private static String name(JavaClass each) {
    String name = each.getPackageName();
    return name.equals(ROOT) ? ROOT : name.substring(ROOT.length() + 1).split("\\.", 2)[0];
  }

  @Test
  void readsFilesWithoutDatabaseAndSpring() {
    classes()
        .that()
        .resideInAnyPackage(
            ROOT + ".file..", ROOT + ".entry..", ROOT + ".csv..", ROOT + ".notice..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackages(
                "org.springframework..", "java.sql..", ROOT + ".database.."))
        .check(CLASSES);
  }

  /** The build lists the beans without any settings: what depends on others has to be known. */
  @Test
  void hasConditionsOnDecisiveSettingsAlone() {
    Set<String> settings =
        CLASSES.stream()
            .flatMap(each -> Stream.concat(Stream.of(each), each.getMethods().stream()))
            .flatMap(each -> each.getAnnotations().stream())
            .filter(each -> each.getRawType().isMetaAnnotatedWith(Conditional.class))
            .map(each -> String.join(",", (String[]) each.getProperties().get("value")))
            .collect(Collectors.toSet());

    assertThat(settings).isEqualTo(ServerApplication.DECISIVE);
  }

  @Test
  void asksNotJavaForZones() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".hours..")
        .should(callOfZoneId("getRules"))
        .orShould(callOfZoneId("of"))
        .orShould(callOfZoneId("systemDefault"))
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> callOfZoneId(String method) {
    return ArchConditions.callMethodWhere(
        JavaCall.Predicates.target(HasName.Predicates.name(method))
            .and(
                JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(HasName.Predicates.name("java.time.ZoneId")))));
  }

  /** Databases have tables of zones of their own, of another age. */
  @Test
  void asksNoDatabaseForZones() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      List<Path> sources =
          files.filter(file -> file.toString().matches(".*\\.(java|sql|jte)")).toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        assertThat(Files.readString(source).toLowerCase(Locale.ROOT))
            .as("what %s asks a database", source)
            .doesNotContain("at time zone", "date_trunc");
      }
    }
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
