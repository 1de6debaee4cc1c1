package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks back on the tests of this run of the build, after all of them. */
@Tag("after-the-others")
final class OnBothDatabasesTest {
  @Test
  void ranEveryMarkedClassAsOftenOnBothDatabases() throws IOException {
    assumeTrue(System.getProperty("test") == null, "only some tests were asked for");
    assumeTrue(!Boolean.getBoolean("test.long"), "these ran on PostgreSQL alone");
    List<JavaClass> marked = marked();

    assertThat(marked).isNotEmpty();
    for (JavaClass type : marked) {
      Optional<Integer> onDuckDb = RunsOnDatabase.count(RunsOnDatabase.DUCKDB, type.getName());
      assertThat(onDuckDb)
          .as(type.getName())
          .hasValueSatisfying(count -> assertThat(count).isPositive());
      assertThat(RunsOnDatabase.count(RunsOnDatabase.POSTGRESQL, type.getName()))
          .as(type.getName())
          .isEqualTo(isLeftToTheLongTests(type) ? Optional.empty() : onDuckDb);
    }
  }

  @Test
  void ranEveryMarkedClassOnPostgresAmongTheLongTests() throws IOException {
    assumeTrue(System.getProperty("test") == null, "only some tests were asked for");
    assumeTrue(Boolean.getBoolean("test.long"), "the long tests run the rest on PostgreSQL");

    for (JavaClass type : marked()) {
      assertThat(RunsOnDatabase.count(RunsOnDatabase.POSTGRESQL, type.getName()))
          .as(type.getName())
          .hasValueSatisfying(count -> assertThat(count).isPositive());
    }
  }

  private static List<JavaClass> marked() {
    return new ClassFileImporter()
        .importPath(Path.of("target", "test-classes")).stream()
            .filter(type -> !type.isAnnotation())
            .filter(type -> type.isAnnotatedWith(AnyDatabase.class) || isLeftToTheLongTests(type))
            .sorted(Comparator.comparing(JavaClass::getName))
            .toList();
  }

  private static boolean isLeftToTheLongTests(JavaClass type) {
    return type.isAnnotatedWith(ServerOnAnyDatabase.class);
  }
}
