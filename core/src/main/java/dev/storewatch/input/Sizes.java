package dev.storewatch.input;

/** Sizes as people say them. */
public final class Sizes {
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

  private Sizes() {}

  /** Returns a number of bytes in the largest unit in which it is whole: {@code 10 GB}. */
  public static String words(long bytes) {
    long amount = bytes;
    int unit = 0;
    while (amount >= 1024 && amount % 1024 == 0 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + " " + UNITS[unit];
  }
}
