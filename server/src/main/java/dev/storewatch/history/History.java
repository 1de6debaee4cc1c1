package dev.storewatch.history;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedTotals;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of stores in periods of business days, added up from the days that are kept, and from
 * the polls where days are not kept or were changed since.
 */
public final class History {
  /** No night ends, on the westernmost clocks, later than this after the midnight of UTC. */
  private static final long LATEST_END = 36 * Micros.HOUR;

  /** The fewest days of a period that is looked at as a whole. */
  private static final int LONG_PERIOD = 14;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final HistoryRows rows;
  private final Revisions revisions;
  private final int threads;

  /** The history from the data of a database. */
  public History(Database database, Stores stores, Polls polls) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.rows = new HistoryRows(database);
    this.revisions = new Revisions(database);
    this.threads = Runtime.getRuntime().availableProcessors();
  }

  /** Does work that sees one state of the database, with the stores of that state. */
  <T> T inSnapshot(BiFunction<Registry, Reading, T> work) {
    return database.inSnapshot(
        () -> {
          Registry registry = stores.registry();
          return work.apply(registry, new Reading(registry));
        });
  }

  /** Returns how far days are kept: the latest revision that is in; -1 if no day is kept. */
  public int revision() {
    return rows.progress().map(HistoryRows.Progress::revision).orElse(-1);
  }

  /** The terms by which figures are computed. */
  record Terms(long asOf, Rule rule, LateClose lateClose) {}

  /** The figures of one state of the database. */
  final class Reading {
    private final Registry registry;

    Reading(Registry registry) {
      this.registry = registry;
    }

    /**
     * Returns the figures of stores in periods.
     *
     * @param keys the stores
     * @param parts the periods, in order, which share no day
     */
    HistoryTable of(int[] keys, List<Dates> parts, Terms terms) {
      int[] sorted = keys.clone();
      Arrays.sort(sorted);
      HistoryTable table = new HistoryTable(registry, sorted, parts);
      new Look(registry, table, parts, terms).fill();
      return table;
    }
  }

  /** One look at the rows, and at the polls for what is missing. */
  private final class Look {
    private final Registry registry;
    private final HistoryTable table;
    private final Terms terms;
    private final HistoryRows.@Nullable Progress progress;
    private final ChangedDays changed;
    private final GoneDays gone;
    private final int firstMonth;
    private final int months;

    /** The first date of each month, and of the one after them. */
    private final long[] starts;

    /** For each date from that of the first month on, the part in which it is; -1 for none. */
    private final int[] partOf;

    /** For each month, a bit for each day that is wanted. */
    private final int[] wanted;

    /** For each month, the part in which all of it is; -1 if there is none. */
    private final int[] wholePart;

    /** For each row of the table and month, a bit for each day that is in. */
    private final int[] had;

    /** The last date that is kept of which no later poll than as-of tells anything. */
    private final long lastKept;

    Look(Registry registry, HistoryTable table, List<Dates> parts, Terms terms) {
      this.registry = registry;
      this.table = table;
      this.terms = terms;
      int latest = revisions.latest();
      this.progress = rows.progress().filter(kept -> isAsAsked(kept, latest)).orElse(null);
      long carry = terms.rule.carryMicros();
      this.changed =
          progress == null
              ? ChangedDays.none(registry, carry)
              : ChangedDays.since(progress, latest, registry, revisions, polls, carry);
      this.gone = GoneDays.of(revisions, terms.rule);
      this.lastKept =
          progress == null
              ? Long.MIN_VALUE
              : terms.asOf >= progress.knownTo()
                  ? Long.MAX_VALUE
                  : Math.floorDiv(terms.asOf - carry - LATEST_END, Micros.DAY) - 1;
      this.firstMonth = Months.of(parts.getFirst().first().toEpochDay());
      this.months = Months.of(parts.getLast().last().toEpochDay()) - firstMonth + 1;
      this.starts = IntStream.rangeClosed(0, months).mapToLong(this::startOf).toArray();
      this.partOf = new int[(int) (Months.last(firstMonth + months - 1) - first(0) + 1)];
      this.wanted = new int[months];
      this.wholePart = new int[months];
      this.had = new int[table.size() * months];
      place(parts);
    }

    private boolean isAsAsked(HistoryRows.Progress kept, int latest) {
      return terms.rule.equals(HistoryTracker.RULE)
          && kept.basis().equals(HistoryTracker.basis(terms.lateClose))
          && kept.revision() <= latest;
    }

    private long startOf(int month) {
      return Months.first(firstMonth + month);
    }

    private long first(int month) {
      return starts[month];
    }

    private void place(List<Dates> parts) {
      Arrays.fill(partOf, -1);
      long start = first(0);
      for (int part = 0; part < parts.size(); part++) {
        Arrays.fill(
            partOf,
            (int) (parts.get(part).first().toEpochDay() - start),
            (int) (parts.get(part).last().toEpochDay() - start + 1),
            part);
      }
      // No business day that has begun has a later date than this, wherever the store is.
      long today = Math.floorDiv(terms.asOf, Micros.DAY) + 1;
      for (int month = 0; month < months; month++) {
        int days = Months.days(firstMonth + month);
        int at = (int) (first(month) - start);
        wholePart[month] = partOf[at];
        for (int day = 0; day < days; day++) {
          if (partOf[at + day] != wholePart[month]) {
            wholePart[month] = -1;
          }
          if (partOf[at + day] >= 0 && first(month) + day <= today) {
            wanted[month] |= 1 << day;
          }
        }
        boolean isSure = first(month) + days - 1 <= lastKept && !gone.stays(first(month));
        wholePart[month] = isSure ? wholePart[month] : -1;
      }
    }

    void fill() {
      if (progress != null) {
        int from = 0;
        for (int month = 1; month <= months; month++) {
          if (month == months || wholePart[month] != wholePart[from]) {
            read(from, month - 1);
            from = month;
          }
        }
      }
      DirectDays direct =
          new DirectDays(
              database, polls, registry, terms.rule, terms.lateClose, terms.asOf, threads);
      for (int part = 0; part < table.parts().size(); part++) {
        if (isLong(table.parts().get(part))) {
          addUnpolled(part, direct);
        }
      }
      List<DirectDays.Piece> missing = missing();
      if (!missing.isEmpty()) {
        direct.compute(missing, this::add);
      }
    }

    private static boolean isLong(Dates dates) {
      return dates.last().toEpochDay() - dates.first().toEpochDay() >= LONG_PERIOD;
    }

    /**
     * Adds what stores have in a period before their first polls, or before the first month that is
     * kept, at once and not day by day.
     */
    private void addUnpolled(int part, DirectDays direct) {
      int[] bits = new int[months];
      for (int month = 0; month < months; month++) {
        int at = (int) (first(month) - first(0));
        for (int day = 0; day < Months.days(firstMonth + month); day++) {
          bits[month] |= partOf[at + day] == part ? 1 << day : 0;
        }
      }
      Dates period = table.parts().get(part);
      for (int row = 0; row < table.size(); row++) {
        int kept = 0;
        while (kept < months && (had[row * months + kept] & bits[kept]) == 0) {
          kept++;
        }
        Dates before = kept == months ? period : upTo(first(kept) - 1, period);
        long[] totals = isLong(before) ? direct.unpolled(table.key(row), before) : null;
        if (totals != null) {
          table.add(row, part, totals, 0);
          for (int month = 0; month < kept; month++) {
            had[row * months + month] |= wanted[month] & bits[month];
          }
        }
      }
    }

    /** Returns the dates of a period up to one; only its first date if that is earlier. */
    private static Dates upTo(long last, Dates period) {
      long first = period.first().toEpochDay();
      return new Dates(period.first(), LocalDate.ofEpochDay(Math.max(first, last)));
    }

    /** Reads months that are in the same part, or of which none is in one part alone. */
    private void read(int from, int to) {
      if (wholePart[from] < 0 || from == to) {
        read(table.keys(), from, to);
      } else {
        int[] left = addUp(from, to);
        read(left, from, to);
      }
    }

    /**
     * Adds the months of the stores of which each is good and none is missing between two others.
     *
     * @return the other stores of which there are any
     */
    private int[] addUp(int from, int to) {
      IntStream.Builder others = IntStream.builder();
      rows.sum(
          table.keys(),
          firstMonth + from,
          firstMonth + to,
          (store, first, last, count, days, sums) -> {
            int row = table.row(store);
            if (row < 0) {
              return;
            }
            long start = Months.first(first);
            long end = Months.last(last);
            if (count == last - first + 1
                && days == end - start + 1
                && !changed.touches(store, start, end)) {
              table.add(row, wholePart[from], sums, 0);
              for (int month = first; month <= last; month++) {
                had[row * months + month - firstMonth] = (int) ((1L << Months.days(month)) - 1);
              }
            } else {
              others.add(store);
            }
          });
      return others.build().sorted().toArray();
    }

    private void read(int[] keys, int from, int to) {
      boolean whole = wholePart[from] >= 0;
      long[] unpacked = new long[31 * WindowTotals.FIELDS];
      rows.read(
          keys,
          firstMonth + from,
          firstMonth + to,
          !whole,
          (store, itsMonth, days, sums, figures) -> {
            int row = table.row(store);
            int month = itsMonth - firstMonth;
            if (row < 0 || had[row * months + month] != 0) {
              return; // of a store between those that are wanted
            }
            if (figures != null) {
              int _ = PackedTotals.unpack(figures, unpacked);
              addDays(row, store, month, days, unpacked);
            } else if (!changed.touches(store, first(month), first(month) + days - 1)) {
              table.add(row, wholePart[month], sums, 0);
              had[row * months + month] = (int) ((1L << days) - 1);
            }
          });
    }

    private void addDays(int row, int store, int month, int days, long[] totals) {
      long first = first(month);
      boolean isTouched = changed.touches(store, first, first + days - 1);
      for (int day = 0; day < days; day++) {
        long date = first + day;
        boolean isGood =
            gone.stays(date)
                || (date <= lastKept && !(isTouched && changed.touches(store, date, date)));
        if (isGood && (wanted[month] & 1 << day) != 0) {
          table.add(row, partOf[(int) (date - first(0))], totals, day * WindowTotals.FIELDS);
          had[row * months + month] |= 1 << day;
        }
      }
    }

    private List<DirectDays.Piece> missing() {
      List<DirectDays.Piece> missing = new ArrayList<>();
      for (int row = 0; row < table.size(); row++) {
        for (int month = 0; month < months; month++) {
          int left = wanted[month] & ~had[row * months + month];
          while (left != 0) {
            int day = Integer.numberOfTrailingZeros(left);
            int length = Integer.numberOfTrailingZeros(~(left >>> day));
            missing.add(new DirectDays.Piece(table.key(row), first(month) + day, length));
            left &= day + length == 32 ? 0 : -1 << (day + length);
          }
        }
      }
      return missing;
    }

    private void add(DirectDays.Piece piece, long[] totals) {
      int row = table.row(piece.key());
      int first = (int) (piece.first() - first(0));
      synchronized (table) {
        for (int day = 0; day < piece.days(); day++) {
          table.add(row, partOf[first + day], totals, day * WindowTotals.FIELDS);
        }
      }
    }
  }
}
