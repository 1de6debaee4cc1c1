package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.Database;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry.PackedHours;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores and polls made up by a test, to be put into an empty database. */
public final class TestFleet {
  private final List<String> ids = new ArrayList<>();
  private final Map<Integer, String> zones = new LinkedHashMap<>();
  private final List<Integer> hoursKeys = new ArrayList<>();
  private final List<Long> hours = new ArrayList<>();
  private final Map<Integer, Long> firstPolls = new TreeMap<>();
  private final PollRows polls = new PollRows(16);

  /** Adds a store of which nothing is known, so it is always open. */
  public TestFleet store(String id) {
    ids.add(id);
    return this;
  }

  /** Gives the store added last a zone. */
  public TestFleet zone(String zone) {
    zones.put(ids.size(), zone);
    return this;
  }

  /** Gives the store added last an opening interval. */
  public TestFleet hours(OpeningInterval interval) {
    hoursKeys.add(ids.size());
    hours.add(PackedHours.pack(interval.day().getValue() - 1, interval.opens(), interval.closes()));
    return this;
  }

  /** Gives the store added last a poll. */
  public TestFleet poll(String at, boolean active) {
    return poll(Micros.of(Instant.parse(at)), active);
  }

  /** Gives the store added last a poll. */
  public TestFleet poll(long at, boolean active) {
    polls.add(ids.size(), PackedPoll.of(at, active));
    firstPolls.merge(ids.size(), at, Math::min);
    return this;
  }

  /** Puts all into a database without any store. */
  public void save(Database database, Stores stores, Polls pollsThere) {
    int added =
        database.inWriteTransaction(
            () -> {
              stores.add(1, ids);
              stores.setZones(ints(zones.keySet()), List.copyOf(zones.values()));
              stores.replaceHours(ints(hoursKeys), longs(hours));
              pollsThere.add(polls);
              stores.setFirstPolls(ints(firstPolls.keySet()), longs(firstPolls.values()));
              return ids.size();
            });
    assertThat(stores.registry().size()).isEqualTo(added);
  }

  private static int[] ints(Collection<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static long[] longs(Collection<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
