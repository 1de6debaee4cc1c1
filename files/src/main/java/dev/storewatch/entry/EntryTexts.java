package dev.storewatch.entry;

import dev.storewatch.input.WrongInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for names, tags, labels and reasons, for all who bring some. */
public final class EntryTexts {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_LABEL = 200;
  private static final int LONGEST_REASON = 500;
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/-]{0,63}");

  private EntryTexts() {}

  /** Returns what is wrong with a tag, and what would be right; null if nothing is. */
  public static @Nullable String tagProblem(String tag) {
    return TAG.matcher(tag).matches()
        ? null
        : "'%s' is not a tag: use 1 to 64 letters, digits, and after the first . _ : / -, for example region:west"
            .formatted(tag);
  }

  /**
   * Returns what is wrong with the name of a store, and what would be right; null if nothing is.
   */
  public static @Nullable String nameProblem(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return "the name of a store has 1 to %d characters: use for example \"Main Street\", or leave it out"
          .formatted(LONGEST_NAME);
    }
    return hasControlOrHalf(name)
        ? "the name of a store holds a control character: use for example \"Main Street\""
        : null;
  }

  /**
   * Returns what is wrong with the label of a special day, and what would be right; null if nothing
   * is.
   */
  public static @Nullable String labelProblem(@Nullable String label) {
    boolean isWrong =
        label != null
            && (label.isBlank() || label.length() > LONGEST_LABEL || hasControlOrHalf(label));
    return isWrong
        ? "the label of a special day has 1 to %d characters, none of them a control character: use for example \"Thanksgiving\", or leave it out"
            .formatted(LONGEST_LABEL)
        : null;
  }

  /**
   * Checks the reason of a closure.
   *
   * @throws WrongInput if it is empty, too long, or holds control characters
   */
  public static void checkReason(String reason) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON || hasControlOrHalf(reason)) {
      throw new WrongInput(
          "the reason of a closure has 1 to %d characters, none of them a control character: use for example \"Independence Day\""
              .formatted(LONGEST_REASON));
    }
  }

  private static boolean hasControlOrHalf(String text) {
    return text.codePoints().anyMatch(StoreIds::isControlOrHalf);
  }
}
