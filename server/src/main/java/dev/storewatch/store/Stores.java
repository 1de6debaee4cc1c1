package dev.storewatch.store;

import java.util.List;

/** Where stores are kept. */
public interface Stores {
  /** Returns all stores as they are now. */
  Registry registry();

  /**
   * Adds stores, within the caller's transaction.
   *
   * @param firstKey the key of the first; the others follow without a gap
   * @param ids their ids, none of which is there yet
   */
  void add(int firstKey, List<String> ids);

  /**
   * Sets the zones of stores, within the caller's transaction.
   *
   * @param keys the stores
   * @param zones the IANA name for each
   */
  void setZones(int[] keys, List<String> zones);

  /**
   * Puts business hours in the place of all that the named stores had, within the caller's
   * transaction.
   *
   * @param keys the store of each interval
   * @param intervals the intervals, packed as {@link Registry.PackedHours#pack} does
   */
  void replaceHours(int[] keys, long[] intervals);

  /**
   * Sets the instants of stores' first polls, within the caller's transaction.
   *
   * @param keys the stores
   * @param instants for each, microseconds since the epoch
   */
  void setFirstPolls(int[] keys, long[] instants);
}
