package dev.storewatch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;

/**
 * The seeds of tests with random input: a fixed one and a fresh one, or the one of {@code
 * -Dstorewatch.seed=N} alone. A failure says which it was.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(Seeds.Source.class)
@ExtendWith(Seeds.Teller.class)
public @interface Seeds {
  /** How to ask for one seed. */
  String PROPERTY = "storewatch.seed";

  /** What gives a test its seed. */
  final class Source implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Long chosen = Long.getLong(PROPERTY);
      return (chosen == null ? Stream.of(1L, (long) new Random().nextInt()) : Stream.of(chosen))
          .map(seed -> Arguments.argumentSet("-D%s=%d".formatted(PROPERTY, seed), seed));
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
