package dev.storewatch.dashboard;

import dev.storewatch.history.GroupsView;
import org.jspecify.annotations.Nullable;

/**
 * A group of stores as its page shows it.
 *
 * @param name its tag, or what it is
 * @param link the address of its history; null if it has no tag
 * @param fleet the address of its stores; null if it has no tag
 * @param group its figures
 */
public record GroupLine(
    String name, @Nullable String link, @Nullable String fleet, GroupsView.Group group) {
  /** A store of the ranking, and the address of its page. */
  public record OfStore(String link, GroupsView.Store store) {}
}
