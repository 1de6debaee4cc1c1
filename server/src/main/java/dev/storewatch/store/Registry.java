package dev.storewatch.store;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All stores at one moment: what is known of each, found by its key or its id.
 *
 * <p>Keys are whole numbers from 1 to {@link #size()}.
 */
public final class Registry {
  private static final long NEVER = Long.MAX_VALUE;

  private final String[] ids;
  private final @Nullable ZoneId[] zones;
  private final long[] firstPolls;
  private final int[] keysById;
  private final PackedHours hours;
  private final Map<String, Integer> keys;
  private final @Nullable WeeklyHours[] literalHours;
  private final @Nullable WeeklyHours[] lateCloseHours;

  /** Many stores of a fleet have the same hours: they share one object. */
  private final Map<WeeklyHours, WeeklyHours> distinctHours = new ConcurrentHashMap<>();

  private Registry(Builder builder, PackedHours hours) {
    this.ids = builder.ids;
    this.zones = builder.zones;
    this.firstPolls = builder.firstPolls;
    this.keysById = builder.keysById;
    this.hours = hours;
    this.keys = HashMap.newHashMap(keysById.length);
    for (int key : keysById) {
      keys.put(ids[key], key);
    }
    this.literalHours = new WeeklyHours[ids.length];
    this.lateCloseHours = new WeeklyHours[ids.length];
  }

  /** Returns the number of stores. */
  public int size() {
    return keysById.length;
  }

  /** Returns the keys of all stores in the order of their ids, as text by code point. */
  public int[] keysById() {
    return keysById.clone();
  }

  /** Returns the id of a store. */
  public String id(int key) {
    return ids[key];
  }

  /** Returns the key of a store, if there is one of that id. */
  public OptionalInt key(String id) {
    Integer key = keys.get(id);
    return key == null ? OptionalInt.empty() : OptionalInt.of(key);
  }

  /** Returns the zone of a store, if it is known. */
  public @Nullable ZoneId zone(int key) {
    return zones[key];
  }

  /** Returns the instant of a store's first poll in microseconds since the epoch, if it has any. */
  public OptionalLong firstPoll(int key) {
    return firstPolls[key] == NEVER ? OptionalLong.empty() : OptionalLong.of(firstPolls[key]);
  }

  /** Returns whether a store has a poll at or before an instant. */
  public boolean hasPollBy(int key, long instant) {
    return firstPolls[key] <= instant && firstPolls[key] != NEVER;
  }

  /** Returns whether a store has any business hours; one without is taken to be always open. */
  public boolean hasHours(int key) {
    return hours.count(key) > 0;
  }

  /** Returns the business hours of a store as they were given, in the order of the week. */
  public List<OpeningInterval> intervals(int key) {
    return new ArrayList<>(Arrays.stream(hours.of(key)).mapToObj(PackedHours::unpack).toList());
  }

  /**
   * Returns the business hours of a store in order, each packed as {@link PackedHours#pack} does.
   */
  public long[] packedHours(int key) {
    return hours.of(key);
  }

  /**
   * Returns when a store should be online, with what is assumed where nothing is known.
   *
   * @param lateCloseAsMidnight whether a closing time of 23:59 or later is read as midnight
   */
  public Schedule schedule(int key, boolean lateCloseAsMidnight) {
    ZoneId zone = zones[key];
    return new Schedule(
        weeklyHours(key, lateCloseAsMidnight),
        zone == null ? Schedule.DEFAULT_ZONE : zone,
        SpanSet.empty());
  }

  /** Compiles the hours on first use; two threads that do so at once come to equal results. */
  private WeeklyHours weeklyHours(int key, boolean lateCloseAsMidnight) {
    if (!hasHours(key)) {
      return WeeklyHours.always();
    }
    @Nullable WeeklyHours[] compiled = lateCloseAsMidnight ? lateCloseHours : literalHours;
    WeeklyHours known = compiled[key];
    if (known == null) {
      List<OpeningInterval> intervals = intervals(key);
      if (lateCloseAsMidnight) {
        intervals.replaceAll(OpeningInterval::withLateCloseAsMidnight);
      }
      WeeklyHours own = WeeklyHours.of(intervals);
      known = Objects.requireNonNullElse(distinctHours.putIfAbsent(own, own), own);
      compiled[key] = known;
    }
    return known;
  }

  /** Collects what a registry is made of. */
  public static final class Builder {
    private final String[] ids;
    private final @Nullable ZoneId[] zones;
    private final long[] firstPolls;
    private final int[] keysById;
    private int size;

    /** Starts a registry of a number of stores. */
    public Builder(int stores) {
      ids = new String[stores + 1];
      zones = new ZoneId[stores + 1];
      firstPolls = new long[stores + 1];
      keysById = new int[stores];
    }

    /** Adds the next store in the order of ids. */
    public void add(int key, String id, @Nullable ZoneId zone, @Nullable Long firstPoll) {
      keysById[size++] = key;
      ids[key] = id;
      zones[key] = zone;
      firstPolls[key] = firstPoll == null ? NEVER : firstPoll;
    }

    /** Returns the registry. */
    public Registry build(PackedHours hours) {
      return new Registry(this, hours);
    }
  }

  /**
   * The business hours of all stores, a {@code long} for each interval, those of one store
   * together.
   *
   * <p>A fleet has some ten intervals for each store; objects for them would take more memory than
   * all else here.
   */
  public static final class PackedHours {
    private final int[] starts;
    private final long[] intervals;

    /**
     * Takes the hours.
     *
     * @param starts for each key, and one past the last, the index of the first interval
     * @param intervals the intervals, as {@link #pack} makes them
     */
    public PackedHours(int[] starts, long[] intervals) {
      this.starts = starts.clone();
      this.intervals = intervals.clone();
    }

    /** Returns an interval as a number whose order is that of the week: day, opening, closing. */
    public static long pack(int day, int opens, int closes) {
      return ((long) day << 40) | ((long) opens << 20) | closes;
    }

    static OpeningInterval unpack(long interval) {
      int mask = (1 << 20) - 1;
      return new OpeningInterval(
          DayOfWeek.of((int) (interval >> 40) + 1),
          (int) (interval >> 20) & mask,
          (int) interval & mask);
    }

    int count(int key) {
      return starts[key + 1] - starts[key];
    }

    long[] of(int key) {
      return Arrays.copyOfRange(intervals, starts[key], starts[key + 1]);
    }
  }
}
