package dev.storewatch.outage;

import dev.storewatch.interval.Micros;
import dev.storewatch.store.Groups;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sums that somebody asks for, of the outages of the stores that they may see. */
final class OutageSummary {
  private final OutagesByStore outages;
  private final Registry registry;
  private final Scope scope;
  private final OutageSummaryQuery query;
  private final Set<String> tags;
  private final @Nullable Integer store;
  private final Groups groups;

  OutageSummary(OutagesByStore outages, Registry registry, Scope scope, OutageSummaryQuery query) {
    this.outages = outages;
    this.registry = registry;
    this.scope = scope;
    this.query = query;
    this.tags = new HashSet<>(query.tags());
    this.store = key(query.store());
    this.groups = Groups.of(registry, this::isAsked, query.grouping());
  }

  private @Nullable Integer key(@Nullable String id) {
    return id == null
        ? null
        : (Integer) scope.key(registry, id).orElseThrow(() -> new UnknownStore(id));
  }

  /**
   * A page of stores in the order of their ids.
   *
   * @param from when the period begins
   * @param to when it ends
   * @param totals all stores together, and each group, on the first page; none on the others
   * @param stores the stores of the page
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(
      Instant from,
      Instant to,
      List<OutageSums.OfGroup> totals,
      List<OutageSums.OfStore> stores,
      @Schema(description = "What to send as after for the next page; null on the last")
          @Nullable String after) {}

  /** Returns a page of stores after an id; null for the first page. */
  Page page(@Nullable String after, int most) {
    int[] keys = asked(after).limit(most + 1L).toArray();
    int[] ofPage = Arrays.copyOf(keys, Math.min(most, keys.length));
    // The totals are on the first page alone, so only that looks at the outages of all stores.
    Map<Integer, OutageTally> tallies =
        after == null ? tallies(null) : ofPage.length == 0 ? Map.of() : tallies(ofPage);
    List<OutageSums.OfStore> stores =
        Arrays.stream(ofPage).mapToObj(key -> ofStore(key, tallies)).toList();
    return new Page(
        Micros.toInstant(query.period().start()),
        Micros.toInstant(query.period().end()),
        after == null ? totals(tallies).toList() : List.of(),
        stores,
        keys.length > most ? stores.getLast().storeId() : null);
  }

  /** Gives all totals to a receiver, and the stores one by one unless there are groups. */
  void forEach(OutageSums.Receiver receiver) {
    Map<Integer, OutageTally> tallies = tallies(null);
    totals(tallies).forEach(receiver::total);
    if (!isGrouped()) {
      asked(null).mapToObj(key -> ofStore(key, tallies)).forEach(receiver::store);
    }
  }

  boolean isGrouped() {
    return !query.grouping().by().isEmpty();
  }

  private IntStream asked(@Nullable String after) {
    return registry.keysAfter(after).filter(this::isAsked);
  }

  private boolean isAsked(int key) {
    return key <= registry.size()
        && !registry.isDeleted(key)
        && (store == null || store == key)
        && scope.includes(registry, key)
        && registry.tags(key).containsAll(tags);
  }

  private Map<Integer, OutageTally> tallies(int @Nullable [] keys) {
    return outages.tallies(store == null ? keys : new int[] {store}, this::isAsked);
  }

  private OutageSums.OfStore ofStore(int key, Map<Integer, OutageTally> tallies) {
    OutageTotal alone = new OutageTotal();
    alone.add(registry.id(key), tallies.get(key));
    return new OutageSums.OfStore(registry.id(key), registry.name(key), alone.sums());
  }

  private Stream<OutageSums.OfGroup> totals(Map<Integer, OutageTally> tallies) {
    List<Groups.Group> all = groups.all();
    List<OutageTotal> totals = all.stream().map(_ -> new OutageTotal()).toList();
    asked(null)
        .forEach(
            key ->
                groups.of(key, place -> totals.get(place).add(registry.id(key), tallies.get(key))));
    return IntStream.range(0, all.size())
        .filter(place -> place == 0 || totals.get(place).stores() > 0)
        .mapToObj(place -> ofGroup(all.get(place), totals.get(place)));
  }

  private static OutageSums.OfGroup ofGroup(Groups.Group group, OutageTotal total) {
    return new OutageSums.OfGroup(
        group.word(), group.by(), group.tag(), total.stores(), total.sums());
  }
}
