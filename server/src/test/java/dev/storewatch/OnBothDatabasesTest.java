package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
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
    List<String> marked =
        new ClassFileImporter()
            .importPath(Path.of("target", "test-classes")).stream()
                .filter(type -> type.isAnnotatedWith(AnyDatabase.class))
                .map(JavaClass::getName)
                .sorted()
                .toList();

    assertThat(marked).isNotEmpty();
    for (String type : marked) {
      Optional<Integer> onDuckDb = RunsOnDatabase.count(RunsOnDatabase.DUCKDB, type);
      assertThat(onDuckDb).as(type).hasValueSatisfying(count -> assertThat(count).isPositive());
      assertThat(RunsOnDatabase.count(RunsOnDatabase.POSTGRESQL, type))
          .as(type)
          .isEqualTo(onDuckDb);
    }
  }
}
