package dev.storewatch.importing;

import dev.storewatch.store.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an import tells of stores that were not known: a wrong id makes a new store of an old. */
final class NewStores {
  /** How many digits of a number programs keep that hold it as a floating-point number. */
  private static final int KEPT_DIGITS = 15;

  private static final int MOST_DIGITS = 255;
  private static final long NONE = -1;

  private NewStores() {}

  /**
   * Returns what is to be told, in sentences without a full stop.
   *
   * @param before the stores that were known
   * @param newIds the ids of those that were not
   */
  static List<String> notes(Registry before, List<String> newIds) {
    List<String> notes = new ArrayList<>();
    if (before.size() > 0 && !newIds.isEmpty()) {
      NamedStores added = new NamedStores();
      newIds.forEach(added::add);
      notes.add(added.are("new"));
    }
    NamedStores alike = alike(before, newIds);
    if (!alike.isEmpty()) {
      notes.add(
          alike.are("new, with the first %d digits of another".formatted(KEPT_DIGITS))
              + "; programs that hold ids as numbers, such as R, pandas and jq, make one id"
              + " of several: if an id is not as its system has it, export ids as text there");
    }
    return notes;
  }

  /**
   * Returns the new ids of 16 digits or more that have their length and their first digits in
   * common with another id, and names those that came after it. It takes a sort of the new ids and
   * one look at each known one.
   */
  private static NamedStores alike(Registry before, List<String> newIds) {
    NamedStores alike = new NamedStores();
    long[] beginnings =
        newIds.stream()
            .mapToLong(NewStores::beginning)
            .filter(beginning -> beginning != NONE)
            .sorted()
            .distinct()
            .toArray();
    @Nullable String[] known = new String[beginnings.length];
    for (int key = 1; beginnings.length > 0 && key <= before.size(); key++) {
      String id = before.id(key);
      int place = Arrays.binarySearch(beginnings, beginning(id));
      if (place >= 0) {
        known[place] = id;
      }
    }
    @Nullable String[] first = new String[beginnings.length];
    boolean[] told = new boolean[beginnings.length];
    for (String id : newIds) {
      int place = Arrays.binarySearch(beginnings, beginning(id));
      String other = place < 0 ? null : known[place] == null ? first[place] : known[place];
      if (other != null) {
        alike.add(id + " like " + other);
        if (known[place] == null && !told[place]) {
          alike.addUnnamed(); // the first of those that are alike is one of them
          told[place] = true;
        }
      } else if (place >= 0) {
        first[place] = id;
      }
    }
    return alike;
  }

  /** Returns the first digits of an id and its length as one number; {@link #NONE} for others. */
  private static long beginning(String id) {
    if (id.length() <= KEPT_DIGITS || id.length() > MOST_DIGITS) {
      return NONE;
    }
    long beginning = 0;
    for (int i = 0; i < id.length(); i++) {
      char digit = id.charAt(i);
      if (digit < '0' || digit > '9') {
        return NONE;
      }
      beginning = i < KEPT_DIGITS ? 10 * beginning + digit - '0' : beginning;
    }
    return beginning << Byte.SIZE | id.length();
  }
}
