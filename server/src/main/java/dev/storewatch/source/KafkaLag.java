package dev.storewatch.source;

/** How many records of Kafka this server has still to read. */
public final class KafkaLag {
  private volatile double records = Double.NaN;

  void set(long now) {
    records = now;
  }

  void unknown() {
    records = Double.NaN;
  }

  /**
   * Returns how many records there are, in the partitions that this server reads, that it has not
   * written; not a number while that is not known.
   */
  public double records() {
    return records;
  }
}
