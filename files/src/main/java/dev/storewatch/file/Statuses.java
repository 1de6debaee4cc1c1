package dev.storewatch.file;

/** The statuses {@code active} and {@code inactive} as texts, in any letter case. */
public final class Statuses {
  /** What is wrong with a text that is neither. */
  public static final String PROBLEM = "unknown status: write active or inactive";

  public static final int ACTIVE = 1;
  static final int INACTIVE = 0;
  public static final int UNKNOWN = -1;

  private static final int ACTIVE_LENGTH = 6;
  private static final int INACTIVE_LENGTH = 8;

  /** Makes letters lower case; no other byte becomes a letter that way. */
  private static final long LOWER = 0x2020_2020_2020_2020L;

  /** The bit that is set in the first letter of {@code inactive} and not in {@code active}. */
  private static final int TELLING_BIT = 3;

  /**
   * The words, and the masks of their bytes among the eight that are read; that bit is the index.
   */
  private static final long[] WORDS = {Words.of("active"), Words.of("inactive")};

  private static final long[] MASKS = {0x0000_FFFF_FFFF_FFFFL, -1L};

  private Statuses() {}

  /** Returns the status that fills a range, {@link #UNKNOWN} for any other text. */
  public static int read(byte[] text, int from, int to) {
    int status = readStart(text, from);
    return status != UNKNOWN && end(from, status) == to ? status : UNKNOWN;
  }

  /**
   * Returns the status that a text begins with, whatever follows. There is no branch on which of
   * the two it is, because a processor cannot predict the statuses of a file.
   */
  static int readStart(byte[] text, int from) {
    long word = Words.eight(text, from) | LOWER;
    int inactive = (int) (word >>> TELLING_BIT) & 1;
    return (word & MASKS[inactive]) == WORDS[inactive] ? ACTIVE - inactive : UNKNOWN;
  }

  /** Returns the position after a status. */
  static int end(int from, int status) {
    return from + INACTIVE_LENGTH + status * (ACTIVE_LENGTH - INACTIVE_LENGTH);
  }
}
