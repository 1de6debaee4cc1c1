package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store, or the group of stores, that an alert is about.
 *
 * @param group what the stores have in common, such as {@code region:west}; null for one store
 * @param count how many stores there are
 * @param stores the one store; of a group at most {@value #MOST_NAMED} of them
 */
public record Subject(@Nullable String group, int count, List<Store> stores) {
  /** The most stores of a group that are named: messages have to stay small. */
  public static final int MOST_NAMED = 20;

  /**
   * A store.
   *
   * @param id its id
   * @param name what people call it, or null
   */
  public record Store(String id, @Nullable String name) {}

  /**
   * Keeps the first stores of a group.
   *
   * @throws IllegalArgumentException if it is about no store, or about several without a group
   */
  public Subject {
    boolean isOne = group == null && count == 1 && stores.size() == 1;
    boolean isGroup = group != null && count >= Math.max(1, stores.size());
    if (!isOne && !isGroup) {
      throw new WrongInput(
          "an alert is about one store, or about a group and how many stores it has");
    }
    stores = List.copyOf(stores.subList(0, Math.min(MOST_NAMED, stores.size())));
  }

  /** One store. */
  public static Subject of(String id, @Nullable String name) {
    return new Subject(null, 1, List.of(new Store(id, name)));
  }

  /** Several stores that have something in common; the first of them are named. */
  public static Subject group(String group, List<Store> stores) {
    return new Subject(group, stores.size(), stores);
  }

  /** Returns the same with no more than some stores named. */
  Subject naming(int most) {
    return group == null || stores.size() <= most
        ? this
        : new Subject(group, count, stores.subList(0, most));
  }
}
