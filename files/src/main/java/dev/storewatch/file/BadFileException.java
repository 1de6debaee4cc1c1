package dev.storewatch.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A file is not an import file at all, or means something else than it seems to, so nothing of it
 * may be written. Trying again does not help: another file is needed, or an option.
 */
public final class BadFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a file.
   *
   * @param file what to call it
   * @param problem what is wrong, and what would be right
   */
  BadFileException(String file, String problem) {
    super(file + " " + problem);
  }

  /** Refuses a file that cannot be read. */
  BadFileException(String file, String problem, Throwable cause) {
    super(file + " " + problem, cause);
  }

  /** Refuses a file for its header. */
  static BadFileException ofHeader(String file, String problem) {
    return new BadFileException(file, problem + "; " + rightHeaders());
  }

  static String rightHeaders() {
    return Arrays.stream(FileKind.values())
        .map(FileKind::example)
        .collect(Collectors.joining(" or ", "a right header is ", ""));
  }
}
