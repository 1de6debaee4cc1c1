package dev.storewatch.outage;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.store.StoreDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outages that somebody asks for.
 *
 * @param state whether they go on
 * @param store the id of their store; null for all stores
 * @param tags the tags of their stores, all of them
 * @param period they overlap it
 */
public record OutageQuery(
    OutageFilter.State state, @Nullable String store, List<String> tags, Span period) {
  /** How far a calendar reaches back unless somebody says from when on. */
  static final int DAYS_BACK = 90;

  /** Copies the tags. */
  public OutageQuery {
    tags = List.copyOf(tags);
  }

  /**
   * Reads a query.
   *
   * @param from the outages end after this instant; null for all
   * @param to they begin before this instant; null for all
   * @throws WrongInput if one of the texts is invalid
   */
  public static OutageQuery parse(
      @Nullable String state,
      @Nullable String store,
      @Nullable List<String> tags,
      @Nullable String from,
      @Nullable String to) {
    long start = from == null ? Change.ALWAYS.start() : instant("from", from);
    long end = to == null ? Change.ALWAYS.end() : instant("to", to);
    if (end <= start) {
      throw new WrongInput("to is %s, not after from, which is %s".formatted(to, from));
    }
    return new OutageQuery(
        state == null ? OutageFilter.State.ANY : OutageFilter.State.of(state),
        store,
        StoreDetails.checkTags(tags == null ? List.of() : tags),
        new Span(start, end));
  }

  /** Returns this query, or without a start of the period one of its last days alone. */
  OutageQuery reachingBack(long now) {
    if (period.start() != Change.ALWAYS.start()) {
      return this;
    }
    long start = Math.min(period.end(), now) - DAYS_BACK * Micros.DAY;
    return new OutageQuery(state, store, tags, new Span(start, period.end()));
  }

  private static long instant(String name, String text) {
    return InstantReader.parameter(text)
        .map(Micros::of)
        .orElseThrow(
            () ->
                new WrongInput(
                    "%s is '%s', which is not an instant: use for example 2026-03-01T00:00:00Z"
                        .formatted(name, text)));
  }
}
