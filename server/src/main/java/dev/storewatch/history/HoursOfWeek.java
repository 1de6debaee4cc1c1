package dev.storewatch.history;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.LocalDates;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When in the week stores are down: the time of each of its hours, on the clocks of each store.
 *
 * <p>The engine measures each hour that the clocks show, cut where they change, so an hour that
 * they skip has no time on that day and one that they show twice has two.
 */
public final class HoursOfWeek {
  private static final int HOURS_OF_DAY = 24;
  private static final int HOURS = 7 * HOURS_OF_DAY;

  /** The Thursday of the epoch is the fourth day of its week. */
  private static final int DAY_OF_EPOCH = 3;

  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 92;

  /** So many days of polls of some stores are in memory at a time. */
  private static final int AT_A_TIME = 14;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final LateClose lateClose;
  private final Clock clock;

  /**
   * The hours of the week of the stores of a database.
   *
   * @param lateClose how a closing time of 23:59 is read unless somebody says otherwise
   */
  public HoursOfWeek(
      Database database, Stores stores, Polls polls, LateClose lateClose, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /**
   * What somebody asks for, as texts.
   *
   * @param store the id of a store; null for all that have the tags
   * @param tags the tags that the stores have, all of them
   * @param from the first date; null, as the last, for the four weeks up to yesterday
   * @param to the last date
   */
  public record Asked(
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      AskedTerms terms) {
    /** Copies the tags. */
    public Asked {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Returns the hours of the week.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   * @throws WrongInput if something is wrong with what is asked
   */
  public HoursOfWeekView of(Scope scope, Asked asked) {
    List<String> tags = StoreDetails.checkTags(asked.tags);
    History.Terms terms =
        asked.terms.read(scope, polls, stores, lateClose, Micros.of(clock.instant()));
    return database.inSnapshot(
        () -> {
          Registry registry = stores.registry();
          int[] keys = keys(registry, scope, asked.store, tags, terms.asOf());
          Dates dates = dates(asked, registry, keys, terms.asOf());
          dates.requireKnown(terms.asOf());
          long[] sums = new long[HOURS * WindowTotals.FIELDS];
          for (LocalDate from = dates.first(); !from.isAfter(dates.last()); ) {
            LocalDate next = earlier(from.plusDays(AT_A_TIME), dates.last().plusDays(1));
            new Part(registry, terms, from, next, sums).add(keys);
            from = next;
          }
          return new HoursOfWeekView(
              dates.first(),
              dates.last(),
              Micros.toInstant(terms.asOf()),
              terms.rule().name(),
              Durations.format(terms.rule().carry()),
              HistoryView.SECONDS,
              keys.length,
              IntStream.range(0, HOURS).mapToObj(hour -> hour(hour, sums)).toList());
        });
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private static int[] keys(
      Registry registry, Scope scope, @Nullable String store, List<String> tags, long asOf) {
    if (store != null) {
      return new int[] {scope.key(registry, store).orElseThrow(() -> new UnknownStore(store))};
    }
    return registry
        .keysAfter(null)
        .filter(key -> scope.includes(registry, key))
        .filter(key -> registry.tags(key).containsAll(tags))
        .filter(key -> registry.hasPollBy(key, asOf))
        .sorted()
        .toArray();
  }

  private static Dates dates(Asked asked, Registry registry, int[] keys, long asOf) {
    if (asked.from == null && asked.to == null) {
      LocalDate today = LocalDates.earliest(registry, Arrays.stream(keys), asOf);
      return new Dates(today.minusDays(USUAL_DAYS), today.minusDays(1));
    }
    Dates dates = StoreHistories.between(asked.from, asked.to);
    if (ChronoUnit.DAYS.between(dates.first(), dates.last()) >= MOST_DAYS) {
      throw new WrongInput(
          "the dates %s to %s are more than %d days: use fewer, for example four weeks"
              .formatted(dates.first(), dates.last(), MOST_DAYS));
    }
    return dates;
  }

  private static HoursOfWeekView.Hour hour(int hour, long[] sums) {
    WindowTotals totals = WindowTotals.read(sums, hour * WindowTotals.FIELDS);
    long known = totals.up() + totals.down();
    return new HoursOfWeekView.Hour(
        hour / HOURS_OF_DAY,
        hour % HOURS_OF_DAY,
        BigDecimal.valueOf(totals.up(), 6),
        BigDecimal.valueOf(totals.down(), 6),
        BigDecimal.valueOf(totals.unknown(), 6),
        BigDecimal.valueOf(totals.excluded(), 6),
        known == 0
            ? null
            : BigDecimal.valueOf(totals.down())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(known), 2, RoundingMode.HALF_UP));
  }

  /** Some days. */
  private final class Part {
    private final Registry registry;
    private final History.Terms terms;
    private final LocalDate from;
    private final LocalDate next;
    private final long[] sums;
    private final Map<Zone, int[]> hours = new HashMap<>();

    Part(Registry registry, History.Terms terms, LocalDate from, LocalDate next, long[] sums) {
      this.registry = registry;
      this.terms = terms;
      this.from = from;
      this.next = next;
      this.sums = sums;
    }

    void add(int[] keys) {
      new DirectDays(
              database,
              polls,
              registry,
              terms.rule(),
              terms.lateClose(),
              terms.asOf(),
              Runtime.getRuntime().availableProcessors())
          .compute(keys, this::spans, this::add);
    }

    /** Returns the hours that the clocks of a zone show, and keeps which of the week each is. */
    private List<Span> spans(Zone zone) {
      List<Span> spans = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      long end = zone.resolveLast(next.atStartOfDay());
      long at = zone.resolveLast(from.atStartOfDay());
      while (at < end) {
        long local = at + zone.offset(at);
        long hour = Math.floorDiv(local, Micros.HOUR);
        OptionalLong change = zone.nextChange(at);
        long until = Math.min(end, at + (hour + 1) * Micros.HOUR - local);
        if (change.isPresent()) {
          until = Math.min(until, change.getAsLong());
        }
        spans.add(new Span(at, until));
        places.add((int) Math.floorMod(hour + DAY_OF_EPOCH * HOURS_OF_DAY, (long) HOURS));
        at = until;
      }
      hours.put(zone, places.stream().mapToInt(Integer::intValue).toArray());
      return spans;
    }

    private void add(DirectDays.Piece piece, long[] totals) {
      int[] places = hours.getOrDefault(registry.zoneInUse(piece.key()), new int[0]);
      synchronized (sums) {
        for (int span = 0; span < places.length; span++) {
          for (int field = 0; field < WindowTotals.FIELDS; field++) {
            sums[places[span] * WindowTotals.FIELDS + field] +=
                totals[span * WindowTotals.FIELDS + field];
          }
        }
      }
    }
  }
}
