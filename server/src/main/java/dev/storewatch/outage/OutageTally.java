package dev.storewatch.outage;

/** The outages of one store as they are counted; lengths in microseconds of open time. */
final class OutageTally {
  private int outages;
  private int ongoing;
  private int recoveries;
  private int intervals;
  private long lost;
  private long recovering;
  private long between;
  private long longest = -1;
  private long longestId;

  /** Counts an outage, of which a part of the open time was lost in the period. */
  void add(KeptOutage outage, long lostInPeriod) {
    outages++;
    ongoing += outage.isOngoing() ? 1 : 0;
    lost += lostInPeriod;
    if (lostInPeriod > longest) {
      longest = lostInPeriod;
      longestId = outage.id();
    }
  }

  /** Counts a recovery from an outage that lasted so long. */
  void addRecovery(long open) {
    recoveries++;
    recovering += open;
  }

  /** Counts the time from a recovery to the next outage. */
  void addInterval(long open) {
    intervals++;
    between += open;
  }

  int outages() {
    return outages;
  }

  int ongoing() {
    return ongoing;
  }

  int recoveries() {
    return recoveries;
  }

  int intervals() {
    return intervals;
  }

  long lost() {
    return lost;
  }

  long recovering() {
    return recovering;
  }

  long between() {
    return between;
  }

  long longest() {
    return longest;
  }

  long longestId() {
    return longestId;
  }
}
