package dev.storewatch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;

/**
 * The seed of tests with random input: always the same in {@code ./mvnw verify}, so that it passes
 * every time or never; a fresh one among the long tests; or the one of {@code -Dtest.seed=N}. A
 * failure says which it was.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag("random")
@ArgumentsSource(Seeds.Source.class)
@ExtendWith(Seeds.Teller.class)
public @interface Seeds {
  /** How to ask for one seed. */
  String PROPERTY = "test.seed";

  /** How often a test tries what it makes by chance. */
  final class Rounds {
    private Rounds() {}

    /**
     * Returns the number for this run: that of each build, five times as much among the long tests.
     */
    public static int of(int inEachBuild) {
      return Boolean.getBoolean("test.long") ? 5 * inEachBuild : inEachBuild;
    }
  }

  /** What gives a test its seed. */
  final class Source implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      long seed = seed(System.getProperty(PROPERTY, "1"));
      return Stream.of(Arguments.argumentSet("-D%s=%d".formatted(PROPERTY, seed), seed));
    }

    private static long seed(String chosen) {
      return chosen.equals("fresh") ? new Random().nextInt() : Long.parseLong(chosen);
    }
  }

  /** What says how to run a test again that failed. */
  final class Teller implements TestExecutionExceptionHandler {
    private static final Pattern ARGUMENT = Pattern.compile("-D" + PROPERTY + "=-?\\d+");

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      String said = String.valueOf(failure.getMessage());
      if (failure instanceof TestAbortedException || ARGUMENT.matcher(said).find()) {
        throw failure;
      }
      throw new AssertionError("run again with %s: %s".formatted(argument(context), said), failure);
    }

    /** Returns the name of the test, or of the class, that has the seed. */
    private static String argument(ExtensionContext context) {
      Matcher argument = ARGUMENT.matcher(context.getDisplayName());
      return argument.find() ? argument.group() : argument(context.getParent().orElseThrow());
    }
  }
}
