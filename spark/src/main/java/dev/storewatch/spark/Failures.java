package dev.storewatch.spark;

import dev.storewatch.input.WrongInput;
import java.io.FileNotFoundException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/** What failed in a job, as a sentence that says what to do. */
final class Failures {
  /**
   * What is told of an executor that had too little memory: by itself, by its code when Java ended
   * it (52) or the system did (137), or by a cluster that ends what takes more than it was given.
   */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "outofmemory|exit(ed with)? (code|status):? (52|137)\\b|oomkilled|beyond.*memory"
              + " limits|exceeding.*memory limits");

  private Failures() {}

  /** Returns what is wrong with the input, if that is why it failed on whichever executor. */
  static @Nullable WrongInput input(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = Objects.requireNonNullElse(cause.getMessage(), "");
      if (cause instanceof WrongInput wrong) {
        return wrong;
      }
      if (cause.getClass().getSimpleName().equals("BadFileException")) {
        return new BadInput(message);
      }
      if (message.contains("is not a Parquet file")
          || message.contains("could not read footer")
          || message.contains("CANNOT_READ_FILE_FOOTER")) {
        return new BadInput(
            "a file is damaged, or is no Parquet (%s): fetch it again, or leave it out"
                .formatted(first(message)));
      }
      if (message.contains("has no valid")) {
        return new BadInput(first(message));
      }
    }
    return null;
  }

  /** Returns a sentence on any other failure. */
  static String sentence(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = first(Objects.requireNonNullElse(root.getMessage(), root.getClass().getName()));
    String all = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (root instanceof OutOfMemoryError || OUT_OF_MEMORY.matcher(all).find()) {
      return "an executor ran out of memory (%s): give it more with --executor-memory, or divide the polls into more parts with --partitions; nothing was written"
          .formatted(text);
    }
    if (root instanceof FileNotFoundException || root instanceof AnalysisException) {
      return "%s: check the paths; nothing was written".formatted(text);
    }
    return "the job failed (%s); nothing was written, and it can be run again".formatted(text);
  }

  /** Returns a sentence on a failure of a stream, of which what is in the lake stays. */
  static String ofStream(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = first(Objects.requireNonNullElse(root.getMessage(), root.getClass().getName()));
    return "the stream stopped (%s): start it again with the same checkpoint, and it goes on with the batch that was not done"
        .formatted(text);
  }

  private static String first(String message) {
    return message.lines().findFirst().orElse("");
  }
}
