package dev.storewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The record of how many tests of a class ran on a database in a run of the build, kept in a file
 * for {@link RanOnPostgresTest}, which runs in another process.
 */
final class RunsOnDatabase implements BeforeTestExecutionCallback, TestWatcher, AfterAllCallback {
  static final String DUCKDB = "duckdb";
  static final String POSTGRESQL = "postgresql";

  private static final Path FOLDER = Path.of("target", "runs-on-database");
  private static final Map<Class<?>, Integer> COUNTS = new ConcurrentHashMap<>();

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    COUNTS.merge(context.getRequiredTestClass(), 1, Integer::sum);
  }

  /** Counts a test that says of itself that it is not for this database: it was not forgotten. */
  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    COUNTS.merge(context.getRequiredTestClass(), 1, Integer::sum);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Class<?> type = context.getRequiredTestClass();
    Path file = file(System.getProperty("test.backend", DUCKDB), type.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, run() + " " + COUNTS.getOrDefault(type, 0));
  }

  private static Path file(String backend, String type) {
    return FOLDER.resolve(backend).resolve(type);
  }

  /** Returns what tells this run of the build from others. */
  private static String run() {
    return System.getProperty("test.run", "");
  }

  /** Returns how many tests of a class ran on a database in this run of the build, if it did. */
  static Optional<Integer> count(String backend, String type) throws IOException {
    Path file = file(backend, type);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file);
    return text.startsWith(run() + " ")
        ? Optional.of(Integer.parseInt(text.substring(run().length() + 1)))
        : Optional.empty();
  }
}
