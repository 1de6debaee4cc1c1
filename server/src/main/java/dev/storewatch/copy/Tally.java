package dev.storewatch.copy;

/**
 * A count and a checksum of rows. The checksum is a sum, which does not depend on the order of the
 * rows, so neither place has to sort them.
 */
final class Tally {
  private static final long START = 0x9E37_79B9_7F4A_7C15L;
  private static final long NOTHING = 0x6E6F_7468_696E_6721L;
  private static final long PRIME = 0x0000_0100_0000_01B3L;

  private long rows;
  private long sum;

  /**
   * The count and the checksum of some rows.
   *
   * @param rows how many there are
   * @param checksum the sum of a number of 64 bits for each, mixed of all its values
   */
  record Sum(long rows, long checksum) {
    @Override
    public String toString() {
      return "%,d rows, %016x".formatted(rows, checksum);
    }
  }

  void add(Batch batch) {
    int columns = batch.table().columns().size();
    for (int row = 0; row < batch.size(); row++) {
      long mixed = START;
      for (int column = 0; column < columns; column++) {
        mixed = mix(mixed + START ^ cell(batch, column, row));
      }
      addMixed(mixed);
    }
  }

  private static long cell(Batch batch, int column, int row) {
    if (batch.isNothing(column, row)) {
      return NOTHING;
    }
    return batch.isText(column) ? hash(batch.text(column, row)) : batch.number(column, row);
  }

  void addPoll(int store, long poll, int revision) {
    addMixed(mix(mix(mix(START ^ store) ^ poll) ^ revision));
  }

  void addFile(String id, long hash) {
    addMixed(mix(hash(id) ^ hash));
  }

  private void addMixed(long mixed) {
    rows++;
    sum += mixed;
  }

  long rows() {
    return rows;
  }

  Sum sum() {
    return new Sum(rows, sum);
  }

  private static long hash(String text) {
    long hash = START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mix(hash ^ text.length());
  }

  /** Makes every bit depend on every other one, by the last step of MurmurHash3. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
