package dev.storewatch.importing;

/** Reads {@code active} and {@code inactive}, in any letter case. */
final class Statuses {
  static final int ACTIVE = 1;
  static final int INACTIVE = 0;
  static final int UNKNOWN = -1;

  private static final int ACTIVE_LENGTH = 6;
  private static final int INACTIVE_LENGTH = 8;
  private static final long ACTIVE_WORD = Words.of("active");
  private static final long INACTIVE_WORD = Words.of("inactive");
  private static final long SIX_BYTES = 0x0000_FFFF_FFFF_FFFFL;

  /** Makes letters lower case; no other byte becomes a letter by it. */
  private static final long LOWER = 0x2020_2020_2020_2020L;

  private Statuses() {}

  /** Returns the status that fills a range, {@link #UNKNOWN} for any other text. */
  static int read(byte[] text, int from, int to) {
    int status = readStart(text, from);
    return status != UNKNOWN && end(from, status) == to ? status : UNKNOWN;
  }

  /** Returns the status that a text begins with, whatever follows. */
  static int readStart(byte[] text, int from) {
    long word = Words.eight(text, from) | LOWER;
    if (word == INACTIVE_WORD) {
      return INACTIVE;
    }
    return (word & SIX_BYTES) == ACTIVE_WORD ? ACTIVE : UNKNOWN;
  }

  /** Returns the position after a status. */
  static int end(int from, int status) {
    return from + (status == ACTIVE ? ACTIVE_LENGTH : INACTIVE_LENGTH);
  }
}
