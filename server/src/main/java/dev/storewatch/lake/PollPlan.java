package dev.storewatch.lake;

import dev.storewatch.interval.Span;
import dev.storewatch.lake.PollSource.Count;
import dev.storewatch.lake.PollSource.Past;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an export does with each date: to add what is new, to write it whole, or to drop it. */
final class PollPlan {
  /** Long enough for all polls. */
  private static final Span ALWAYS = new Span(0, Long.MAX_VALUE / 4);

  private final DataState data;
  private final PollSource source;
  private final @Nullable Manifest before;
  private final boolean isAnew;
  private final NavigableMap<LocalDate, Task> tasks = new TreeMap<>();

  /** The first date that the lake keeps; null for all. */
  private @Nullable LocalDate first;

  /**
   * What is done with a date.
   *
   * @param rows how many polls are read from the database
   * @param polls how many the date has afterwards, where the file does not tell
   */
  record Task(What what, long rows, long polls) {
    Task(What what, long rows) {
      this(what, rows, rows);
    }
  }

  /** What is done. */
  enum What {
    /** A further file with what is new. */
    ADD,
    /** One file in the place of all. */
    WRITE_WHOLE,
    /** The date goes. */
    DROP
  }

  PollPlan(DataState data, PollSource source, @Nullable Manifest before, ExportOptions options) {
    this.data = data;
    this.source = source;
    this.before = before;
    this.isAnew = before == null || options.anew() || !data.follows(before);
    this.first = before == null || isAnew ? null : before.firstDate();
    planChanges();
    if (options.compact()) {
      planCompaction();
    }
    if (options.keepDays() != null) {
      planRetention(options.keepDays());
    }
  }

  /** Returns whether all is written again, whatever is there. */
  boolean isAnew() {
    return isAnew;
  }

  /** Returns the first date that the lake keeps; null for all. */
  @Nullable LocalDate first() {
    return first;
  }

  /** Returns what is done with each date that does not stay as it is. */
  SortedMap<LocalDate, Task> tasks() {
    return tasks;
  }

  /** Returns the revision after which polls are new. */
  int since() {
    return before == null || isAnew ? PollSource.BEFORE_ALL : before.revision();
  }

  private Map<LocalDate, Long> inLake() {
    return before == null ? Map.of() : before.dates();
  }

  private void planChanges() {
    Span time = isAnew ? ALWAYS : data.changedSince(since());
    if (time.isEmpty()) {
      return;
    }
    SortedMap<LocalDate, Count> counts = source.counts(since(), time);
    SortedMap<LocalDate, Past> past = isAnew ? new TreeMap<>() : source.past(since(), time);
    Set<LocalDate> dates = new TreeSet<>(counts.keySet());
    inLake().keySet().stream()
        .filter(date -> time.encloses(PollSource.time(date)))
        .forEach(dates::add);
    for (LocalDate date : dates) {
      if (first == null || !date.isBefore(first)) {
        plan(date, counts.getOrDefault(date, Count.NONE), past.getOrDefault(date, Past.NONE));
      }
    }
  }

  private void plan(LocalDate date, Count count, Past past) {
    Long had = inLake().get(date);
    if (had == null) {
      if (count.all() > 0) {
        tasks.put(date, new Task(What.WRITE_WHOLE, count.all()));
      }
    } else if (data.mayBeGone(date)) {
      // What the database has no more cannot be told from what was deleted: the lake keeps it.
      if (count.fresh() > 0) {
        tasks.put(date, new Task(What.WRITE_WHOLE, count.all()));
      }
    } else if (count.all() == 0) {
      tasks.put(date, new Task(What.DROP, 0));
    } else if (isAnew || past.gone() > 0 || count.all() - count.fresh() != had - past.changed()) {
      tasks.put(date, new Task(What.WRITE_WHOLE, count.all()));
    } else if (count.fresh() > 0) {
      tasks.put(date, new Task(What.ADD, count.fresh(), count.all()));
    }
  }

  /** Has dates written whole that would have several files. */
  private void planCompaction() {
    if (before == null) {
      return;
    }
    for (Map.Entry<LocalDate, Long> date : before.dates().entrySet()) {
      Task task = tasks.get(date.getKey());
      boolean isSplit =
          task == null ? before.files(date.getKey()).size() > 1 : task.what == What.ADD;
      if (isSplit) {
        long polls = task == null ? date.getValue() : task.polls;
        tasks.put(date.getKey(), new Task(What.WRITE_WHOLE, polls));
      }
    }
  }

  /** Has the oldest dates dropped: the newest date is the last of those that stay. */
  private void planRetention(int days) {
    TreeSet<LocalDate> dates = new TreeSet<>(inLake().keySet());
    tasks.forEach(
        (date, task) -> {
          if (task.what == What.DROP) {
            dates.remove(date);
          } else {
            dates.add(date);
          }
        });
    if (dates.isEmpty()) {
      return;
    }
    LocalDate kept = dates.last().minusDays(days - 1L);
    if (first == null || first.isBefore(kept)) {
      first = kept;
    }
    tasks.headMap(kept).clear();
    inLake().keySet().stream()
        .filter(date -> date.isBefore(kept))
        .forEach(date -> tasks.put(date, new Task(What.DROP, 0)));
  }
}
