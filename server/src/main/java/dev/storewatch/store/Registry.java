package dev.storewatch.store;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.hours.Closures;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Span;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All stores at one moment: what is known of each, found by its key or its id.
 *
 * <p>Keys are whole numbers from 1 to {@link #size()}. A deleted store keeps its key and its id,
 * for the rows of old reports, and is found by neither id nor list.
 */
public final class Registry {
  private static final DatedHours ALWAYS = DatedHours.of(WeeklyHours.always());

  private static final long NEVER = Stores.NEVER;

  private final String[] ids;
  private final @Nullable String[] names;
  private final @Nullable Zone[] zones;
  private final long[] firstPolls;
  private final Set<String>[] tags;
  private final Map<Integer, Flags> flags;
  private final boolean[] deleted;
  private final int[] keysById;
  private final PackedHours hours;
  private final StoreClosures closures;
  private final StoreDays days;

  /** The weekly hours that hold from a date on, of the few stores that have some. */
  private final Map<Integer, NavigableMap<LocalDate, long[]>> datedHours;

  private final Map<String, Integer> keys;
  private final Map<LateClose, @Nullable DatedHours[]> compiledHours =
      new EnumMap<>(LateClose.class);

  /** Many stores of a fleet have the same hours: they share one object. */
  private final Map<DatedHours, DatedHours> distinctHours = new ConcurrentHashMap<>();

  /** The hours of each packed week, which is compiled once for all stores that have it. */
  private final Map<LateClose, Map<LongBuffer, DatedHours>> distinctWeeks =
      new EnumMap<>(LateClose.class);

  private Registry(Builder builder, PackedHours hours) {
    this.ids = builder.ids;
    this.names = builder.names;
    this.zones = builder.zones;
    this.firstPolls = builder.firstPolls;
    this.tags = builder.tags;
    this.flags = builder.flags;
    this.deleted = builder.deleted;
    this.keysById = Arrays.copyOf(builder.keysById, builder.live);
    this.hours = hours;
    this.closures = new StoreClosures(builder.closures, ids.length);
    this.days = new StoreDays(builder.days);
    this.datedHours = builder.datedHours;
    this.keys = HashMap.newHashMap(ids.length);
    for (int key = 1; key < ids.length; key++) {
      keys.put(ids[key], key);
    }
    for (LateClose lateClose : LateClose.values()) {
      compiledHours.put(lateClose, new DatedHours[ids.length]);
      distinctWeeks.put(lateClose, new ConcurrentHashMap<>());
    }
  }

  private Registry(
      Registry other,
      @Nullable List<PlannedClosure> newClosures,
      @Nullable List<PlannedDay> newDays) {
    this.ids = other.ids;
    this.names = other.names;
    this.zones = other.zones;
    this.firstPolls = other.firstPolls;
    this.tags = other.tags;
    this.flags = other.flags;
    this.deleted = other.deleted;
    this.keysById = other.keysById;
    this.hours = other.hours;
    this.closures =
        newClosures == null ? other.closures : new StoreClosures(newClosures, ids.length);
    this.days = newDays == null ? other.days : new StoreDays(newDays);
    this.datedHours = other.datedHours;
    this.keys = other.keys;
    this.distinctWeeks.putAll(other.distinctWeeks);
    other.compiledHours.forEach(
        (lateClose, compiled) ->
            compiledHours.put(
                lateClose,
                newDays == null
                    ? Objects.requireNonNull(compiled)
                    : new DatedHours[compiled.length]));
  }

  /**
   * Returns the same stores with other closures and special days.
   *
   * @param newClosures all closures, in the order in which they were entered; null for the same
   * @param newDays all special days, likewise
   */
  Registry with(@Nullable List<PlannedClosure> newClosures, @Nullable List<PlannedDay> newDays) {
    return new Registry(this, newClosures, newDays);
  }

  /**
   * Takes over the hours that another registry has compiled, of stores that have the same in both.
   */
  Registry withHoursOf(Registry other) {
    for (int key = 1; key < ids.length; key++) {
      if (hasHoursOf(other, key)) {
        for (LateClose lateClose : LateClose.values()) {
          compiled(lateClose)[key] = other.compiled(lateClose)[key];
        }
      }
    }
    return this;
  }

  private boolean hasHoursOf(Registry other, int key) {
    return isAsIn(other, key)
        && !hasDatedHours(key)
        && !other.hasDatedHours(key)
        && days.isAsIn(other.days, key, tags[key]);
  }

  private @Nullable DatedHours[] compiled(LateClose lateClose) {
    return Objects.requireNonNull(compiledHours.get(lateClose));
  }

  /** Returns whether all is as in another registry but for closures and special days. */
  @SuppressWarnings("ReferenceEquality") // what is the same is told without looking at it
  boolean hasStoresOf(Registry other) {
    return keys == other.keys;
  }

  /** Returns whether the same is known of a store, but for its name and what has dates. */
  boolean isAsIn(Registry other, int key) {
    return key <= Math.min(size(), other.size())
        && deleted[key] == other.deleted[key]
        && (deleted[key]
            || (Objects.equals(zones[key], other.zones[key])
                && firstPolls[key] == other.firstPolls[key]
                && flags
                    .getOrDefault(key, Flags.NONE)
                    .equals(other.flags.getOrDefault(key, Flags.NONE))
                && tags[key].equals(other.tags[key])
                && hours.isAsIn(other.hours, key)));
  }

  /** Returns the largest key; every key up to it was given to a store, which may be deleted now. */
  public int size() {
    return ids.length - 1;
  }

  /** Returns the number of stores that are there. */
  public int count() {
    return keysById.length;
  }

  /** Returns the keys of all stores in the order of their ids, as text by code point. */
  public int[] keysById() {
    return keysById.clone();
  }

  /**
   * Returns the keys of the stores with ids after a text in the order of ids; of all stores for
   * null.
   */
  public IntStream keysAfter(@Nullable String text) {
    return Arrays.stream(keysById, text == null ? 0 : countUpTo(text), keysById.length);
  }

  private int countUpTo(String text) {
    byte[] bound = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    int to = keysById.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      // The order of the bytes of UTF-8 is that of the code points.
      byte[] id = ids[keysById[middle]].getBytes(StandardCharsets.UTF_8);
      if (Arrays.compareUnsigned(id, bound) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Returns the id of a store, of one that is deleted too. */
  public String id(int key) {
    return ids[key];
  }

  /**
   * Returns the key of a store, if there is one of that id, or of that without the blanks around
   * it.
   */
  public OptionalInt key(String id) {
    Integer literal = keys.get(id); // ids of before blanks were dropped may have some
    Integer key = literal == null ? keys.get(StoreIds.stripped(id)) : literal;
    return key == null || deleted[key] ? OptionalInt.empty() : OptionalInt.of(key);
  }

  /** Returns the key of a store, if there is or was one of that id. */
  public OptionalInt keyEver(String id) {
    Integer key = keys.get(id);
    return key == null ? OptionalInt.empty() : OptionalInt.of(key);
  }

  /** Returns whether the store of a key is deleted. */
  public boolean isDeleted(int key) {
    return deleted[key];
  }

  /** Returns what people call a store, if they do. */
  public @Nullable String name(int key) {
    return names[key];
  }

  /** Returns the tags of a store, in order. */
  public Set<String> tags(int key) {
    return tags[key];
  }

  /** Returns all that people say about a store. */
  public StoreDetails details(int key) {
    List<OpeningInterval> intervals = intervals(key);
    boolean neverOpen = hasHours(key) && intervals.isEmpty();
    return new StoreDetails(
        names[key], zones[key], intervals, neverOpen, tags[key], datedHours(key));
  }

  /** Returns the zone of a store, if it is known. */
  public @Nullable Zone zone(int key) {
    return zones[key];
  }

  /** Returns the zone on whose clocks a store is taken to be: its own, or the one assumed. */
  public Zone zoneInUse(int key) {
    return Objects.requireNonNullElseGet(zones[key], Schedule::defaultZone);
  }

  /** Returns the instant of a store's first poll in microseconds since the epoch, if it has any. */
  public OptionalLong firstPoll(int key) {
    return firstPolls[key] == NEVER ? OptionalLong.empty() : OptionalLong.of(firstPolls[key]);
  }

  /** Returns whether a store has a poll at or before an instant. */
  public boolean hasPollBy(int key, long instant) {
    return firstPolls[key] <= instant && firstPolls[key] != NEVER;
  }

  /**
   * Returns whether anything is known of a store's business hours, be it that it is closed all the
   * time; one without is taken to be always open.
   */
  public boolean hasHours(int key) {
    return hours.count(key) > 0;
  }

  /**
   * Returns since when a store counts on hours of which rows were refused, in microseconds since
   * the epoch; empty if it does not.
   */
  public OptionalLong hoursFlagged(int key) {
    return optional(flags.getOrDefault(key, Flags.NONE).hours);
  }

  /**
   * Returns since when a store counts on a zone of which rows were refused, in microseconds since
   * the epoch; empty if it does not.
   */
  public OptionalLong zoneFlagged(int key) {
    return optional(flags.getOrDefault(key, Flags.NONE).zone);
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Since when something of a store is flagged; few stores have any. */
  private record Flags(@Nullable Long hours, @Nullable Long zone) {
    private static final Flags NONE = new Flags(null, null);
  }

  /** Returns the business hours of a store as they were given, in the order of the week. */
  public List<OpeningInterval> intervals(int key) {
    return PackedHours.unpack(hours.of(key));
  }

  /**
   * Returns the business hours of a store in order, each packed as {@link PackedHours#pack} does,
   * and the days that were said to be closed, as {@link PackedHours#closed} packs them.
   */
  public long[] packedHours(int key) {
    return hours.of(key);
  }

  /**
   * Returns when a store should be online, with what is assumed where nothing is known.
   *
   * @param lateClose how a closing time of 23:59 or later is read
   */
  public Schedule schedule(int key, LateClose lateClose) {
    return new Schedule(hours(key, lateClose), zoneInUse(key), closures(key));
  }

  /** Returns the planned closures of a store, those of its tags and of all stores among them. */
  public Closures closures(int key) {
    return closures.of(key, tags[key]);
  }

  /** Returns the planned closures of a store that are on at an instant. */
  public List<Closures.Occurrence> closuresAt(int key, long instant) {
    Closures own = closures(key);
    return own.all().isEmpty()
        ? List.of()
        : own.occurrences(zoneInUse(key), new Span(instant, instant + 1));
  }

  /** Returns all planned closures, in the order in which they were entered. */
  public List<PlannedClosure> plannedClosures() {
    return closures.all();
  }

  /** Compiles the hours on first use; two threads that do so at once come to equal results. */
  private DatedHours hours(int key, LateClose lateClose) {
    boolean changes = hasDatedHours(key) || days.has(key, tags[key]);
    if (!hasHours(key) && !changes) {
      return ALWAYS;
    }
    @Nullable DatedHours[] compiled = compiled(lateClose);
    DatedHours known = compiled[key];
    if (known == null) {
      known = changes ? distinct(changing(key, lateClose)) : everyWeek(key, lateClose);
      compiled[key] = known;
    }
    return known;
  }

  private DatedHours everyWeek(int key, LateClose lateClose) {
    return Objects.requireNonNull(distinctWeeks.get(lateClose))
        .computeIfAbsent(
            hours.view(key),
            first -> distinct(DatedHours.of(WeeklyHours.of(intervals(key), lateClose))));
  }

  private DatedHours distinct(DatedHours own) {
    return Objects.requireNonNullElse(distinctHours.putIfAbsent(own, own), own);
  }

  /**
   * Returns what gives the hours of a store by its key as they would be with a special day besides
   * those that there are.
   */
  public IntFunction<DatedHours> hoursWith(PlannedDay day) {
    List<PlannedDay> all = new ArrayList<>(days.all());
    all.add(day);
    StoreDays with = new StoreDays(all);
    return key ->
        DatedHours.of(
            versions(key, LateClose.AS_GIVEN), with.of(key, tags[key], LateClose.AS_GIVEN));
  }

  private DatedHours changing(int key, LateClose lateClose) {
    return DatedHours.of(versions(key, lateClose), days.of(key, tags[key], lateClose));
  }

  private Map<LocalDate, WeeklyHours> versions(int key, LateClose lateClose) {
    Map<LocalDate, WeeklyHours> versions = new HashMap<>();
    versions.put(
        LocalDate.MIN,
        hasHours(key) ? WeeklyHours.of(intervals(key), lateClose) : WeeklyHours.always());
    datedHours(key).forEach((from, hours) -> versions.put(from, WeeklyHours.of(hours, lateClose)));
    return versions;
  }

  /** Returns the weekly hours of a store that hold from a date on, by the date. */
  public NavigableMap<LocalDate, List<OpeningInterval>> datedHours(int key) {
    NavigableMap<LocalDate, List<OpeningInterval>> dated = new TreeMap<>();
    packedDated(key).forEach((from, week) -> dated.put(from, PackedHours.unpack(week)));
    return dated;
  }

  /** Returns whether a store has weekly hours that hold from a date on. */
  public boolean hasDatedHours(int key) {
    return !datedHours.isEmpty() && datedHours.containsKey(key);
  }

  private NavigableMap<LocalDate, long[]> packedDated(int key) {
    return datedHours.getOrDefault(key, Collections.emptyNavigableMap());
  }

  /**
   * Returns all weekly hours of a store by the date from which they hold, as {@link #packedHours}
   * has them.
   */
  public PackedWeeks packedWeeks(int key) {
    PackedWeeks weeks = new PackedWeeks();
    weeks.set(PackedWeeks.BEGINNING, packedHours(key));
    packedDated(key).forEach(weeks::set);
    return weeks;
  }

  /** Returns all special days, in the order in which they were entered. */
  public List<PlannedDay> plannedDays() {
    return days.all();
  }

  /** A builder of a registry. */
  public static final class Builder {
    private final String[] ids;
    private final @Nullable String[] names;
    private final @Nullable Zone[] zones;
    private final long[] firstPolls;
    private final Set<String>[] tags;
    private final boolean[] deleted;
    private final int[] keysById;

    /** Many stores have the same tags: they share one object. */
    private final Map<Set<String>, Set<String>> distinctTags = new HashMap<>();

    private final Map<Integer, Flags> flags = new HashMap<>();
    private final List<PlannedClosure> closures = new ArrayList<>();
    private final List<PlannedDay> days = new ArrayList<>();
    private final Map<Integer, NavigableMap<LocalDate, long[]>> datedHours = new HashMap<>();
    private int live;

    /** An empty builder for a number of stores, deleted ones included. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // there is no other way to make such an array
    public Builder(int stores) {
      ids = new String[stores + 1];
      names = new String[stores + 1];
      zones = new Zone[stores + 1];
      firstPolls = new long[stores + 1];
      tags = new Set[stores + 1];
      Arrays.fill(tags, Set.of());
      deleted = new boolean[stores + 1];
      keysById = new int[stores];
    }

    /** Adds the next store in the order of ids. */
    public void add(
        int key, String id, @Nullable String name, @Nullable Zone zone, @Nullable Long firstPoll) {
      keysById[live++] = key;
      ids[key] = id;
      names[key] = name;
      zones[key] = zone;
      firstPolls[key] = firstPoll == null ? NEVER : firstPoll;
    }

    /** Adds a store that is deleted; the order does not matter. */
    public void addDeleted(int key, String id) {
      ids[key] = id;
      firstPolls[key] = NEVER;
      deleted[key] = true;
    }

    /**
     * Says since when the hours and the zone of a store are flagged, in microseconds since the
     * epoch; null if they are not.
     */
    public void flag(int key, @Nullable Long hours, @Nullable Long zone) {
      flags.put(key, new Flags(hours, zone));
    }

    /** Adds a special day. */
    public void day(PlannedDay day) {
      days.add(day);
    }

    /** Adds weekly hours of a store that hold from a date on, packed as those of a week are. */
    public void datedHours(int key, LocalDate from, long[] week) {
      datedHours.computeIfAbsent(key, first -> new TreeMap<>()).put(from, week.clone());
    }

    /** Adds a planned closure. */
    public void closure(PlannedClosure closure) {
      closures.add(closure);
    }

    /** Gives a store its tags. */
    public void tag(int key, Collection<String> words) {
      Set<String> own = Collections.unmodifiableSet(new TreeSet<>(words));
      tags[key] = distinctTags.computeIfAbsent(own, first -> first);
    }

    /** Returns the registry. */
    public Registry build(PackedHours hours) {
      closures.sort(CalendarEntry.AS_ENTERED);
      days.sort(CalendarEntry.AS_ENTERED);
      return new Registry(this, hours);
    }
  }

  /**
   * The business hours of all stores, a {@code long} for each interval, those of one store
   * together. A day that was said to be closed has one too, which no interval has: it opens and
   * closes at the end of the day. So a store that is closed all the time differs from one of which
   * nothing is known.
   *
   * <p>A fleet has some ten intervals for each store; objects for them would take more memory than
   * all else here.
   */
  public static final class PackedHours {
    private final int[] starts;
    private final long[] intervals;

    /** Returns hours as a text, and a store that is closed all week as seven closed days. */
    static String format(List<OpeningInterval> hours) {
      LongStream packed =
          hours.isEmpty()
              ? IntStream.range(0, 7).mapToLong(PackedHours::closed)
              : hours.stream().mapToLong(PackedHours::pack).sorted().distinct();
      return packed.mapToObj(Long::toHexString).collect(Collectors.joining(","));
    }

    /** Returns the hours of a text that {@link #format} made. */
    static long[] parse(String text) {
      return Arrays.stream(text.split(",", -1))
          .mapToLong(packed -> Long.parseLong(packed, 16))
          .toArray();
    }

    static List<OpeningInterval> unpack(long[] week) {
      return Arrays.stream(week)
          .filter(packed -> !isClosed(packed))
          .mapToObj(PackedHours::unpack)
          .toList();
    }

    /**
     * The hours of all stores, packed.
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

    /** Returns what stands for a day that was said to be closed, after its intervals in order. */
    public static long closed(int day) {
      return pack(day, OpeningInterval.DAY_SECONDS, OpeningInterval.DAY_SECONDS);
    }

    /** Returns whether a number stands for a closed day, not for an interval. */
    public static boolean isClosed(long packed) {
      return ((packed >> 20) & ((1 << 20) - 1)) == OpeningInterval.DAY_SECONDS;
    }

    static long pack(OpeningInterval interval) {
      return pack(interval.day().getValue() - 1, interval.opens(), interval.closes());
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

    boolean isAsIn(PackedHours other, int key) {
      return Arrays.equals(
          intervals,
          starts[key],
          starts[key + 1],
          other.intervals,
          other.starts[key],
          other.starts[key + 1]);
    }

    long[] of(int key) {
      return Arrays.copyOfRange(intervals, starts[key], starts[key + 1]);
    }

    /** Returns the week of a store where it is; two views are equal if their weeks are. */
    LongBuffer view(int key) {
      return LongBuffer.wrap(intervals, starts[key], count(key));
    }
  }
}
