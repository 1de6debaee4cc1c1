package dev.storewatch.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A file is not an import file at all, so no row of it was read. Trying again does not help:
 * another file is needed.
 */
public final class BadFileException extends IOException {
  private static final long serialVersionUID = 1L;

  BadFileException(String file, String problem) {
    super(
        Arrays.stream(FileKind.values())
            .map(FileKind::example)
            .collect(
                Collectors.joining(" or ", file + " " + problem + "; a right header is ", "")));
  }

  BadFileException(String file, String problem, Throwable cause) {
    this(file, problem);
    initCause(cause);
  }
}
