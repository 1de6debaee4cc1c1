package dev.storewatch.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.Function;

/**
 * Complete and failed reports, kept in memory: they are asked for again and again, and nothing
 * about them changes until they are deleted. This is right only where no other process deletes
 * reports.
 *
 * @param <K> by what they are found
 */
final class EndedReports<K> {
  /**
   * The most reports, each counted with the ids of stores that it names: some megabytes, whatever
   * callers ask for.
   */
  private static final long MOST = 100_000;

  private final Cache<K, Report> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .weigher((K key, Report report) -> 1 + named(report))
          .build();

  private final Function<K, Optional<Report>> reading;

  /**
   * @param reading reads a report from the database
   */
  EndedReports(Function<K, Optional<Report>> reading) {
    this.reading = reading;
  }

  private static int named(Report report) {
    return report.spec().storeIds() == null ? 0 : report.spec().storeIds().size();
  }

  /** Returns the report of a key, if there is one. */
  Optional<Report> find(K key) {
    Report report = kept.getIfPresent(key);
    if (report != null) {
      return Optional.of(report);
    }
    // What has ended is read once more, where forget waits for it: it may be deleted just now, and
    // would be kept after that.
    return reading
        .apply(key)
        .flatMap(
            found ->
                found.state().ended().isPresent()
                    ? Optional.ofNullable(
                        kept.asMap()
                            .computeIfAbsent(key, again -> reading.apply(again).orElse(null)))
                    : Optional.of(found));
  }

  /** Forgets a report that was just deleted. */
  void forget(K key) {
    kept.invalidate(key);
  }
}
