package dev.storewatch.store;

import dev.storewatch.entry.EntryTexts;
import dev.storewatch.input.WrongInput;
import java.util.List;

/**
 * Which totals are wanted beside the rows of the stores.
 *
 * @param isWanted whether any are: then that of all stores is
 * @param by what the tags of the groups begin with; empty for no groups
 */
public record Grouping(boolean isWanted, List<String> by) {
  /** No total. */
  public static final Grouping NONE = new Grouping(false, List.of());

  private static final int MOST = 10;

  /**
   * Checks the beginnings of tags and copies the list.
   *
   * @throws WrongInput if one is not the beginning of a tag, there are too many, or one comes twice
   */
  public Grouping {
    by = List.copyOf(by);
    by.forEach(Grouping::check);
    if (by.size() > MOST || by.stream().distinct().count() < by.size()) {
      throw new WrongInput(
          "stores are grouped by %d things at most, each named once, for example region"
              .formatted(MOST));
    }
  }

  /** Returns the wish for a total of all stores, and of groups if their tags begin with a text. */
  public static Grouping of(boolean totals, List<String> by) {
    return new Grouping(totals || !by.isEmpty(), by);
  }

  private static void check(String by) {
    if (EntryTexts.tagProblem(by) != null) {
      throw new WrongInput(
          "stores cannot be grouped by '%s': name what tags begin with, for example region for the tags region:west and region:east"
              .formatted(by));
    }
  }

  /** Returns whether a tag makes a group. */
  static boolean makesGroup(String tag, String by) {
    boolean isBeginning = ":._/-".indexOf(by.charAt(by.length() - 1)) >= 0;
    return tag.equals(by) || tag.startsWith(isBeginning ? by : by + ":");
  }
}
