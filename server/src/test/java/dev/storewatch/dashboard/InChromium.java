package dev.storewatch.dashboard;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Marks a class of tests that look at pages in a real browser. Where there is none they are
 * skipped, and the end of the build says so ({@code build/browser-tests}); with {@code
 * -Dtest.browser=required} that is a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("chromium")
@ExtendWith(InChromium.WhereThereIsOne.class)
@interface InChromium {
  /** Skips the tests where there is no browser. */
  final class WhereThereIsOne implements ExecutionCondition {
    /** What the end of the build prints. */
    private static final Path SKIPPED = Path.of("target", "browser-tests-skipped");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (System.getProperty("test.browser", "").equals("required")) {
        return ConditionEvaluationResult.enabled("a browser is required");
      }
      return Chromium.lack()
          .map(
              lack -> {
                note(lack);
                return ConditionEvaluationResult.disabled(lack);
              })
          .orElseGet(() -> ConditionEvaluationResult.enabled("there is a browser"));
    }

    private static void note(String lack) {
      try {
        Files.createDirectories(SKIPPED.getParent());
        Files.writeString(SKIPPED, lack + "\n");
      } catch (IOException e) {
        throw new AssertionError("cannot note that browser tests are skipped", e);
      }
    }
  }
}
