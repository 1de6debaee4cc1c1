package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import dev.storewatch.notice.Finding;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollScan;
import dev.storewatch.poll.Polls;
import dev.storewatch.quality.Findings;
import dev.storewatch.quality.StoreFaults;
import dev.storewatch.store.LocalDates;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.window.Window;
import dev.storewatch.work.Ranges;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The computation of reports: it scans the polls of a range of stores, groups them by store, and
 * runs the engine over each store.
 *
 * <p>Ranges are computed in parallel, each by one thread from the scan to the rows. They are small,
 * so the memory for polls is bounded, however many polls there are. All scans of a report read one
 * snapshot, so a report never mixes two states of the database.
 */
public final class FleetReport {
  /**
   * Up to this many stores are scanned one by one, so that the stores between them are not read.
   */
  private static final int FEW_STORES = 32;

  /** The most windows of single stores that a thread keeps for the stores after them. */
  private static final int MOST_MEASURES = 1_000;

  private final ReportData data;
  private final int threads;

  /** The computation on the data of a database, with every processor. */
  public FleetReport(Database database, Stores stores, Polls polls) {
    this(database, stores, polls, Runtime.getRuntime().availableProcessors());
  }

  FleetReport(Database database, Stores stores, Polls polls, int threads) {
    this(ReportData.of(database, stores, polls), threads);
  }

  /** The computation on any data. */
  public FleetReport(ReportData data, int threads) {
    this.data = data;
    this.threads = threads;
  }

  /** A report names stores that do not exist, or that the caller may not see. */
  public static final class UnknownStores extends WrongInput {
    private static final long serialVersionUID = 1;

    UnknownStores(List<String> ids) {
      super(
          "there is no store with the id %s%s"
              .formatted(
                  String.join(", ", ids.subList(0, Math.min(5, ids.size()))),
                  ids.size() > 5 ? " (and " + (ids.size() - 5) + " more)" : ""));
    }
  }

  /** A report is about tags that no store has, as far as the caller may see. */
  public static final class NoStoreTagged extends WrongInput {
    private static final long serialVersionUID = 1;

    NoStoreTagged(List<String> tags) {
      super(
          "there is no store with the %s %s: use tags that stores have, or give them some by a file with the header store_id,tag"
              .formatted(tags.size() == 1 ? "tag" : "tags", String.join(" and ", tags)));
    }
  }

  /** Whoever is told how far a report is. */
  public interface Progress {
    /** Ignores all calls. */
    Progress NONE = stores -> {};

    /** Called once with the number of stores of the report, before any of them is done. */
    default void starts(int stores) {}

    /** Called with the number of stores that were just done; several threads may call it. */
    void done(int stores);

    /** Returns whether the report is no longer wanted. */
    default boolean isCancelled() {
      return false;
    }
  }

  /**
   * Computes a report on the stores that are in its scope now.
   *
   * @throws UnknownStores if the report names a store that does not exist, or is not in its scope
   * @throws NoStoreTagged if no store in its scope has its tags
   * @throws CancellationException if the progress said that the report is no longer wanted
   */
  public ReportTable compute(ReportSpec spec, Progress progress) {
    return data.inSnapshot(() -> computeInSnapshot(spec, progress));
  }

  /**
   * What all figures rest on: as long as it is the same, the same report has the same rows.
   *
   * @param polls the version of all polls
   * @param stores the stores with their hours
   * @param revision the latest change of what is kept of polls and stores
   * @param zoneRules the version of the rules of time zones
   */
  record Basis(long polls, Registry stores, int revision, String zoneRules) {}

  /** Returns what all figures rest on now. */
  Basis basis() {
    return new Basis(
        data.pollsVersion(),
        data.stores().registry(),
        data.latestRevision(),
        ZoneTable.inUse().version());
  }

  /** Returns the report without any row, for a fleet that was never polled. */
  public ReportTable empty(ReportSpec spec) {
    Registry registry = stores(spec.revision());
    requireTagged(registry, spec.scope(), spec.tags());
    ReportTable table = new ReportTable(registry, new int[0], spec);
    table.restsOn(revision(spec));
    table.found(findings(registry, spec, wantedOfThoseThere(registry, spec)));
    return table;
  }

  /**
   * Checks that the stores that a request names exist and are in its scope, and that some have its
   * tags.
   *
   * @throws UnknownStores if a store is not
   * @throws NoStoreTagged if no store has the tags
   */
  void requireStores(ReportRequest request) {
    Registry registry = stores(request.revision());
    List<String> ids = request.storeIds();
    if (ids != null) {
      keys(registry, ids, request.scope());
    }
    requireTagged(registry, request.scope(), request.tags());
  }

  private Registry stores(@Nullable Integer revision) {
    return revision == null ? data.stores().registry() : data.stores().registry(revision);
  }

  private PollScan polls(@Nullable Integer revision) {
    return revision == null ? data.polls() : data.polls(revision);
  }

  /** Returns the revision of the data that a report rests on. */
  private int revision(ReportSpec spec) {
    Integer asked = spec.revision();
    return asked == null ? data.latestRevision() : asked;
  }

  private static void requireTagged(Registry registry, Scope scope, List<String> tags) {
    if (!tags.isEmpty()
        && registry
            .keysAfter(null)
            .noneMatch(
                key -> scope.includes(registry, key) && registry.tags(key).containsAll(tags))) {
      throw new NoStoreTagged(tags);
    }
  }

  /**
   * Returns the as-of instant of a request in microseconds since the epoch; empty for the newest
   * poll when the caller may see none.
   *
   * @param now the moment of the request
   */
  public OptionalLong asOf(ReportRequest request, long now) {
    return request.asOf().resolve(polls(request.revision()), data.stores(), request.scope(), now);
  }

  /**
   * Returns what to compute for a request: periods such as yesterday are fixed by the earliest date
   * at its stores at the as-of instant, so that they are over everywhere.
   *
   * @param asOf its as-of instant; empty if there is no poll
   * @param now the moment of the request
   * @throws WrongInput if a period is not known at the as-of instant
   */
  public ReportSpec accept(
      ReportRequest request, OptionalLong asOf, long now, LateClose lateCloseOfServer) {
    long at = asOf.orElse(now);
    boolean isFixed = request.windows().stream().allMatch(Window.class::isInstance);
    LocalDate today = isFixed ? LocalDate.EPOCH : today(request, at);
    ReportSpec spec = request.at(asOf.orElse(0), lateCloseOfServer, today);
    spec.windows().forEach(window -> window.requireKnown(at));
    return spec;
  }

  private LocalDate today(ReportRequest request, long at) {
    Registry registry = data.stores().registry();
    ReportSpec standard =
        new ReportSpec(
            at,
            request.rule(),
            Window.STANDARD,
            request.storeIds(),
            LateClose.AS_GIVEN,
            request.scope(),
            request.tags());
    IntPredicate wanted = wantedOfThoseThere(registry, standard);
    return LocalDates.earliest(registry, Arrays.stream(registry.keysById()).filter(wanted), at);
  }

  private ReportTable computeInSnapshot(ReportSpec spec, Progress progress) {
    Registry registry = stores(spec.revision());
    requireTagged(registry, spec.scope(), spec.tags());
    IntPredicate wanted = wanted(registry, spec);
    int[] reported = reportedStores(registry, spec, wanted);
    progress.starts(reported.length);
    ReportTable table = new ReportTable(registry, reported, spec);
    table.restsOn(revision(spec));
    Job job = new Job(spec, registry, table, rowsByKey(registry, reported), progress);
    job.requireStillThere();
    List<int[]> ranges = ranges(reported, job.horizon);
    if (ranges.size() <= 1) {
      ranges.forEach(range -> job.new Worker().measure(range[0], range[1]));
    } else {
      inParallel(job, ranges);
    }
    Findings findings = findings(registry, spec, wanted);
    Findings told =
        UnfinishedPeriods.of(spec, table, registry).map(findings::after).orElse(findings);
    table.found(job.lateAsOf().map(told::after).orElse(told));
    return table;
  }

  /** Returns what is found in the data of the stores that a report is about, polled or not. */
  private static Findings findings(Registry registry, ReportSpec spec, IntPredicate wanted) {
    StoreFaults faults = new StoreFaults(registry, spec.scope());
    return faults.findings(faults.keysAfter(null).filter(wanted));
  }

  private static int[] reportedStores(Registry registry, ReportSpec spec, IntPredicate wanted) {
    return Arrays.stream(registry.keysById())
        .filter(key -> wanted.test(key) && registry.hasPollBy(key, spec.asOf()))
        .toArray();
  }

  private static IntPredicate wanted(Registry registry, ReportSpec spec) {
    return tagged(registry, spec, named(registry, spec));
  }

  private static IntPredicate tagged(Registry registry, ReportSpec spec, IntPredicate named) {
    List<String> tags = spec.tags();
    return tags.isEmpty() ? named : named.and(key -> registry.tags(key).containsAll(tags));
  }

  private static IntPredicate named(Registry registry, ReportSpec spec) {
    List<String> ids = spec.storeIds();
    if (ids == null) {
      return key -> spec.scope().includes(registry, key);
    }
    BitSet named = new BitSet(registry.size() + 1);
    keys(registry, ids, spec.scope()).forEach(named::set);
    return named::get;
  }

  /** As {@link #wanted}, for a fleet without polls: a report on it has no row of any store. */
  private static IntPredicate wantedOfThoseThere(Registry registry, ReportSpec spec) {
    List<String> ids = spec.storeIds();
    if (ids == null) {
      return tagged(registry, spec, key -> spec.scope().includes(registry, key));
    }
    BitSet named = new BitSet(registry.size() + 1);
    ids.stream().flatMapToInt(id -> key(registry, id, spec.scope())).forEach(named::set);
    return tagged(registry, spec, named::get);
  }

  private static IntStream keys(Registry registry, List<String> ids, Scope scope) {
    List<String> unknown =
        ids.stream().filter(id -> key(registry, id, scope).findAny().isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new UnknownStores(unknown);
    }
    return ids.stream().flatMapToInt(id -> key(registry, id, scope));
  }

  private static IntStream key(Registry registry, String id, Scope scope) {
    return registry.key(id).stream().filter(key -> scope.includes(registry, key));
  }

  private static int[] rowsByKey(Registry registry, int[] reported) {
    int[] rows = new int[registry.size() + 1];
    Arrays.fill(rows, -1);
    for (int row = 0; row < reported.length; row++) {
      rows[reported[row]] = row;
    }
    return rows;
  }

  /**
   * Returns ranges of keys, first and last, that together hold all reported stores. A poll takes 8
   * to 12 bytes of memory while its range is worked on, and up to 39 where polls lie scattered.
   */
  private List<int[]> ranges(int[] reported, Span horizon) {
    if (reported.length <= FEW_STORES) {
      return Arrays.stream(reported).mapToObj(key -> new int[] {key, key}).toList();
    }
    int first = Arrays.stream(reported).min().orElseThrow();
    int last = Arrays.stream(reported).max().orElseThrow();
    long wanted =
        Math.max(threads, data.polls().countRoughly(horizon) / data.polls().scanSize() + 1);
    int stores = last - first + 1;
    int count = (int) Math.min(stores, wanted);
    List<int[]> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = first + (int) ((long) stores * i / count);
      int to = first + (int) ((long) stores * (i + 1) / count) - 1;
      ranges.add(new int[] {from, to});
    }
    return ranges;
  }

  private void inParallel(Job job, List<int[]> ranges) {
    Ranges.inParallel(
        ranges,
        threads,
        () -> {
          Job.Worker worker = job.new Worker();
          return range -> worker.measure(range[0], range[1]);
        },
        data::sharingSnapshot);
  }

  /** The windows of some stores of a report, and what measures them; for one thread. */
  private static final class Measure {
    private final List<Span> spans;
    private final UptimeEngine engine;
    private final Clocks clocks;

    Measure(ReportSpec spec, List<Span> spans) {
      this.spans = spans;
      this.engine = new UptimeEngine(spec.rule(), spec.asOf(), spans);
      this.clocks = new Clocks(engine.horizon());
    }

    Span horizon() {
      return engine.horizon();
    }
  }

  /** What all workers of a report share. */
  private final class Job {
    private final ReportSpec spec;
    private final Registry registry;
    private final ReportTable table;
    private final int[] rows;
    private final Progress progress;
    private final PollScan known;
    private final Span horizon;
    private final NewestPolls newest;

    Job(ReportSpec spec, Registry registry, ReportTable table, int[] rows, Progress progress) {
      this.spec = spec;
      this.registry = registry;
      this.table = table;
      this.rows = rows;
      this.progress = progress;
      this.known = polls(spec.revision());
      this.horizon =
          spec.horizon(
              IntStream.range(0, table.size())
                  .mapToObj(row -> registry.zoneInUse(table.store(row))));
      this.newest = new NewestPolls(table.size());
    }

    /**
     * Refuses what can be computed no more: polls that were deleted because they were too old are
     * not known at any revision.
     */
    void requireStillThere() {
      Integer revision = spec.revision();
      if (revision != null && data.hasLostPolls(revision, horizon)) {
        throw new WrongInput(
            "polls that this report rests on at the revision %d were deleted since because they were older than is kept: ask for a later revision, or for a later time"
                .formatted(revision));
      }
    }

    /** Returns nothing where no poll up to as-of was read, for periods that ended before. */
    Optional<Finding> lateAsOf() {
      return horizon.end() <= spec.asOf() ? Optional.empty() : newest.lateAsOf(spec, table, known);
    }

    /** Returns the windows that each store has, if no store has its own. */
    private Measure ofEveryStore() {
      return new Measure(spec, spec.spans(Schedule.unknown()));
    }

    /** One thread's part: it computes one range of stores after the other, in memory of its own. */
    private final class Worker {
      private final Measure ofEvery = ofEveryStore();

      /** By their windows, which most stores share with others. */
      private final Map<List<Span>, Measure> own = new HashMap<>();

      private final GroupedPolls grouped = new GroupedPolls();

      void measure(int firstKey, int lastKey) {
        if (progress.isCancelled()) {
          throw new CancellationException("the report was cancelled");
        }
        grouped.load(known, horizon, firstKey, lastKey);
        int done = 0;
        for (int key = firstKey; key <= lastKey; key++) {
          if (rows[key] >= 0) {
            measure(key);
            done++;
          }
        }
        progress.done(done);
      }

      private void measure(int key) {
        Schedule schedule = registry.schedule(key, spec.lateClose());
        if (grouped.from(key) < grouped.to(key)) {
          newest.note(rows[key], PackedPoll.at(grouped.array()[grouped.to(key) - 1]));
        }
        Measure windows = windowsOf(schedule);
        int from = grouped.from(key);
        if (table.hasOwnEnds()) {
          table.setEnds(rows[key], windows.spans);
          from =
              PackedPoll.firstFrom(
                  windows.horizon().start(), grouped.array(), from, grouped.to(key));
        }
        windows.engine.measure(
            schedule.open(windows.clocks),
            schedule.closed(windows.clocks),
            grouped.array(),
            from,
            grouped.to(key),
            table.array(),
            table.offset(rows[key]));
      }

      private Measure windowsOf(Schedule schedule) {
        if (!table.hasOwnEnds()) {
          return ofEvery;
        }
        if (own.size() == MOST_MEASURES) {
          own.clear();
        }
        return own.computeIfAbsent(spec.spans(schedule), spans -> new Measure(spec, spans));
      }
    }
  }
}
