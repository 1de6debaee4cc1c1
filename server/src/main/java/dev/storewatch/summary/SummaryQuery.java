package dev.storewatch.summary;

import dev.storewatch.input.WrongInput;
import dev.storewatch.poll.AsOf;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.window.Asked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a summary is about.
 *
 * @param store the id of a store; null for several
 * @param tags the tags that the stores have, all of them; empty for all stores
 * @param period the time, such as {@code 2026-03} or {@code last-month}
 * @param asOf the instant after which nothing is known
 */
public record SummaryQuery(@Nullable String store, List<String> tags, Asked period, AsOf asOf) {
  /** The period of a summary for which none is named. */
  public static final String USUAL = "last-month";

  /**
   * Checks and orders the tags.
   *
   * @throws WrongInput if one is invalid, or a store is named beside tags
   */
  public SummaryQuery {
    tags = StoreDetails.checkTags(tags);
    if (store != null && !tags.isEmpty()) {
      throw new WrongInput(
          "a summary is about one store or about tags: leave out the store %s, or the tags"
              .formatted(store));
    }
  }

  /**
   * Reads a query.
   *
   * @param period null for the last month
   * @param asOf null for the newest poll
   * @throws WrongInput if a text is invalid
   */
  public static SummaryQuery parse(
      @Nullable String store,
      @Nullable List<String> tags,
      @Nullable String period,
      @Nullable String asOf) {
    return new SummaryQuery(
        store,
        tags == null ? List.of() : tags,
        Asked.parse(period == null ? USUAL : period),
        AsOf.parse(asOf == null ? "latest" : asOf));
  }
}
