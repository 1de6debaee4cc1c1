package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks back on the long tests, after all of them. */
@Tag("after-the-others")
final class RanOnPostgresTest {
  @Test
  void ranEveryMarkedClassOnPostgres() throws IOException {
    assumeTrue(System.getProperty("test") == null, "only some tests were asked for");
    List<JavaClass> marked =
        new ClassFileImporter()
            .importPath(Path.of("target", "test-classes")).stream()
                .filter(type -> type.isAnnotatedWith(AnyDatabase.class))
                .toList();

    assertThat(marked).isNotEmpty();
    for (JavaClass type : marked) {
      assertThat(RunsOnDatabase.count(RunsOnDatabase.POSTGRESQL, type.getName()))
          .as(type.getName())
          .hasValueSatisfying(count -> assertThat(count).isPositive());
    }
  }
}
