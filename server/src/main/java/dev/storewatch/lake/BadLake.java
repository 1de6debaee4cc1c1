package dev.storewatch.lake;

/** A folder holds no lake, one that is damaged, or one that is of something else. */
public final class BadLake extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A lake with something wrong; the message says what to do. */
  BadLake(String message) {
    super(message);
  }

  BadLake(String message, Throwable cause) {
    super(message, cause);
  }
}
