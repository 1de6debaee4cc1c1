package dev.storewatch.uptime;

/**
 * Figures that follow each other, as of the days of a store or of the stores of a report, packed
 * into a text.
 *
 * <p>Most are like the ones before, and up all the time that is known. So the open time and the
 * number of polls are written as differences to those before, up time is what is left, and each
 * number takes as many bytes as it needs: seven for such figures.
 */
public final class PackedTotals {
  private static final int NUMBERS = 7;

  private PackedTotals() {}

  /**
   * Packs figures.
   *
   * @param totals the figures, as {@link WindowTotals} orders them
   * @param offset where the first are
   * @param count how many times there are some
   */
  public static String pack(long[] totals, int offset, int count) {
    PackedNumbers.Writer out = new PackedNumbers.Writer(count * NUMBERS);
    long scheduledBefore = 0;
    long pollsBefore = 0;
    for (int i = 0; i < count; i++) {
      WindowTotals each = WindowTotals.read(totals, offset + i * WindowTotals.FIELDS);
      out.signed(each.scheduled() - scheduledBefore);
      out.number(each.down());
      out.number(each.unknown());
      out.number(each.excluded());
      out.number(each.up() - each.surelyUp());
      out.number(each.down() - each.surelyDown());
      out.signed(each.polls() - pollsBefore);
      scheduledBefore = each.scheduled();
      pollsBefore = each.polls();
    }
    return out.text();
  }

  /**
   * Reads figures into an array, in which there must be room for them.
   *
   * @return how many times there were some
   */
  public static int unpack(String text, long[] totals) {
    PackedNumbers.Reader in = new PackedNumbers.Reader(text);
    long scheduled = 0;
    long polls = 0;
    int count = 0;
    for (int at = 0; in.hasNext(); at += WindowTotals.FIELDS) {
      scheduled += in.signed();
      long down = in.number();
      long unknown = in.number();
      long excluded = in.number();
      long up = scheduled - down - unknown - excluded;
      totals[at] = scheduled;
      totals[at + 1] = up;
      totals[at + 2] = down;
      totals[at + 3] = unknown;
      totals[at + 4] = excluded;
      totals[at + 5] = up - in.number();
      totals[at + 6] = down - in.number();
      polls += in.signed();
      totals[at + 7] = polls;
      count++;
    }
    return count;
  }
}
