package dev.storewatch.outage;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPeriod;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.window.Window;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The outages that somebody wants to have added up.
 *
 * @param period when they lasted, at least in part
 * @param store the id of their store; null for all stores
 * @param tags the tags of their stores, all of them
 * @param grouping of which groups of stores sums are wanted too
 */
public record OutageSummaryQuery(
    Span period, @Nullable String store, List<String> tags, Grouping grouping) {
  private static final long USUAL = 7 * Micros.DAY;

  /** Copies the tags. */
  public OutageSummaryQuery {
    tags = List.copyOf(tags);
  }

  /**
   * What somebody asks for, as texts.
   *
   * @param from when the period begins; null, as the end, for the seven days before the newest poll
   * @param to when it ends
   * @param store the id of a store; null for all
   * @param tags the tags that the stores have, all of them
   * @param groupBy what the tags of groups begin with; empty for no groups
   */
  public record Asked(
      @Nullable String from,
      @Nullable String to,
      @Nullable String store,
      List<String> tags,
      List<String> groupBy) {
    /** Copies the lists. */
    public Asked {
      tags = List.copyOf(tags);
      groupBy = List.copyOf(groupBy);
    }
  }

  /**
   * Reads a query.
   *
   * @param newest the newest poll, if there is one
   * @param now the clock, in microseconds since the epoch
   * @throws WrongInput if something is wrong
   */
  static OutageSummaryQuery parse(Asked asked, OptionalLong newest, long now) {
    return new OutageSummaryQuery(
        asked.from == null && asked.to == null
            ? usual(newest.orElse(now))
            : checked(PollPeriod.parse(asked.from, asked.to)),
        asked.store,
        StoreDetails.checkTags(asked.tags),
        Grouping.of(true, asked.groupBy));
  }

  private static Span usual(long end) {
    return new Span(end - USUAL, end);
  }

  private static Span checked(Span period) {
    if (period.length() > Micros.of(Window.LONGEST)) {
      throw new WrongInput(
          "the period from %s to %s is longer than %d days: use a shorter one"
              .formatted(
                  Micros.toInstant(period.start()),
                  Micros.toInstant(period.end()),
                  Window.LONGEST.toDays()));
    }
    return period;
  }
}
