package dev.storewatch.report;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revision;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was changed since reports were made, of that on which they rest.
 *
 * <p>Which changes of polls touch a report is asked of the polls themselves, so a late poll of one
 * store among a thousand that are on time restates the reports of that store alone. What is found
 * is remembered, and only later changes are looked at the next time.
 */
final class Restatements {
  /** So many are remembered; each takes some hundred bytes. */
  private static final int MOST_KNOWN = 10_000;

  private final Reports reports;
  private final Stores stores;
  private final Polls polls;
  private final Revisions revisions;

  private final Map<Asked, Known> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
              return size() > MOST_KNOWN;
            }
          });

  Restatements(Reports reports, Stores stores, Polls polls, Revisions revisions) {
    this.reports = reports;
    this.stores = stores;
    this.polls = polls;
    this.revisions = revisions;
  }

  private record Asked(int report, @Nullable Set<String> tags) {}

  /**
   * What is known of a report.
   *
   * @param upTo the last revision that was looked at
   * @param first the first revision that touches it; 0 if none does
   */
  private record Known(int upTo, int first, Map<Kind, Integer> kinds) {
    Known and(int latest, Map<Kind, Set<Integer>> later) {
      Map<Kind, Integer> all = new EnumMap<>(Kind.class);
      all.putAll(kinds);
      later.forEach((kind, numbers) -> all.merge(kind, numbers.size(), Integer::sum));
      int earliest =
          later.values().stream().flatMap(Set::stream).mapToInt(Integer::intValue).min().orElse(0);
      return new Known(latest, first == 0 ? earliest : first, all);
    }
  }

  /**
   * Returns what was changed; empty if nothing was, or it is not known because the report is not
   * complete or was made before changes were counted. A report of the data as it was known at a
   * revision rests on nothing that can change.
   *
   * @param scope the stores that the caller may see
   */
  Optional<Restated> of(Report report, Scope scope) {
    if (!(report.state() instanceof ReportState.Complete complete)
        || complete.revision() == null
        || report.spec().revision() != null) {
      return Optional.empty();
    }
    Known found = found(report, complete.revision(), scope);
    return found.first == 0 ? Optional.empty() : Optional.of(view(found));
  }

  private Known found(Report report, int revision, Scope scope) {
    Asked asked = new Asked(report.number(), scope.tags());
    int latest = revisions.latest();
    Known before = known.getOrDefault(asked, new Known(revision, 0, Map.of()));
    if (before.upTo >= latest) {
      return before;
    }
    Known now = before.and(latest, changes(report, scope, before.upTo, latest));
    known.put(asked, now);
    return now;
  }

  private Restated view(Known found) {
    Map<String, Integer> kinds = new TreeMap<>();
    found.kinds.forEach((kind, count) -> kinds.put(kind.word(), count));
    return new Restated(
        Micros.toInstant(revisions.madeAt(found.first)),
        kinds.values().stream().mapToInt(Integer::intValue).sum(),
        kinds);
  }

  /** Returns the revisions of each kind, after one up to another, that touch a report. */
  private Map<Kind, Set<Integer>> changes(Report report, Scope scope, int after, int upTo) {
    Registry registry = stores.registry();
    Span time = horizon(registry, report.spec());
    Map<Kind, Set<Integer>> found = new EnumMap<>(Kind.class);
    List<Revision> ofStores = revisions.ofStoresSince(after, time);
    boolean ofPolls = revisions.hasChange(Kind.POLLS, after, time);
    if (ofStores.isEmpty() && !ofPolls) {
      return found;
    }
    StoreSet about = about(registry, report, scope);
    ofStores.stream()
        .filter(each -> each.change().touches(about) && counts(registry, report, each))
        .forEach(each -> add(found, each.change().kind(), each.number(), upTo));
    if (ofPolls) {
      polls
          .revisionsSince(after, time, about)
          .forEach(number -> add(found, Kind.POLLS, number, upTo));
    }
    return found;
  }

  private static void add(Map<Kind, Set<Integer>> found, Kind kind, int number, int upTo) {
    if (number <= upTo) {
      found.computeIfAbsent(kind, first -> new LinkedHashSet<>()).add(number);
    }
  }

  /**
   * Returns whether figures of a report may rest on a change of a kind. A store that is added or
   * deleted counts by its polls.
   */
  private static boolean counts(Registry registry, Report report, Revision revision) {
    ReportSpec spec = report.spec();
    return switch (revision.change().kind()) {
      case POLLS, OLD_POLLS, HOURS, SPECIAL_DAYS, CLOSURES, ZONES, ZONE_RULES -> true;
      case STORES, FLAGS -> false;
      case TAGS ->
          !spec.tags().isEmpty()
              || !spec.scope().isEverything()
              || Stream.concat(registry.plannedClosures().stream(), registry.plannedDays().stream())
                  .anyMatch(entry -> entry.target().tag() != null);
    };
  }

  /** Returns the time of which polls may count for a report, wherever its stores are. */
  static Span horizon(Registry registry, ReportSpec spec) {
    return spec.horizon(
        Stream.concat(
            Stream.of(Schedule.defaultZone()),
            registry.keysAfter(null).mapToObj(registry::zoneInUse)));
  }

  /** Returns the stores that a report is about, of those that a caller may see; null for all. */
  private @Nullable StoreSet about(Registry registry, Report report, Scope scope) {
    ReportSpec spec = report.spec();
    boolean ofAll = spec.storeIds() == null && spec.tags().isEmpty() && spec.scope().isEverything();
    if (ofAll && scope.isEverything()) {
      return null;
    }
    StoreSet about = ofAll ? new StoreSet() : reports.stores(report);
    registry
        .keysAfter(null)
        .filter(key -> spec.storeIds() == null || spec.storeIds().contains(registry.id(key)))
        .filter(key -> registry.tags(key).containsAll(spec.tags()))
        .filter(key -> spec.scope().includes(registry, key))
        .forEach(about::add);
    return scope.isEverything()
        ? about
        : StoreSet.of(about.stream().filter(key -> scope.includes(registry, key)));
  }
}
