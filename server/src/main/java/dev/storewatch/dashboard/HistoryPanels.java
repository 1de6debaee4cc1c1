package dev.storewatch.dashboard;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.GroupHistoryView;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history that pages show. */
final class HistoryPanels {
  private final StoreHistories histories;
  private final StoreGroups groups;
  private final HoursOfWeek hours;

  HistoryPanels(StoreHistories histories, StoreGroups groups, HoursOfWeek hours) {
    this.histories = histories;
    this.groups = groups;
    this.hours = hours;
  }

  /**
   * Returns the history of a store.
   *
   * @throws UnknownStore if there is no such store in the scope
   */
  HistoryPanel ofStore(Scope scope, String id) {
    return new HistoryPanel(
        List.of(
            HistoryPanel.chart("The last 90 days", "Day", entries(history(scope, id, "day"))),
            HistoryPanel.chart(
                "The last 12 months", "Month", entries(history(scope, id, "month")))),
        heat(scope, id, List.of()));
  }

  private HistoryView history(Scope scope, String id, String by) {
    return histories.of(scope, new StoreHistories.Asked(id, null, null, by, AskedTerms.USUAL));
  }

  private static List<Bars.Entry> entries(HistoryView history) {
    return history.periods().stream()
        .map(period -> new Bars.Entry(period.period(), period.figures()))
        .toList();
  }

  /** Returns the history of the stores with a tag, or of all. */
  HistoryPanel ofGroup(Scope scope, List<String> tags) {
    GroupHistoryView weeks =
        groups.history(
            scope, new StoreGroups.HistoryAsked(tags, null, null, "week", AskedTerms.USUAL));
    return new HistoryPanel(
        List.of(
            HistoryPanel.chart(
                "The last 26 weeks",
                "Week",
                weeks.periods().stream()
                    .map(each -> new Bars.Entry(each.period().period(), each.figures()))
                    .toList())),
        heat(scope, null, tags));
  }

  private HeatMap heat(Scope scope, @Nullable String store, List<String> tags) {
    return HeatMap.of(
        hours.of(scope, new HoursOfWeek.Asked(store, tags, null, null, AskedTerms.USUAL)));
  }
}
