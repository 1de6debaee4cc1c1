package dev.storewatch.dashboard;

import dev.storewatch.input.WrongInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A planned closure or a special day as a form has it; what is not given is empty.
 *
 * @param kind {@code closure} or {@code day}; empty if nothing is about to be entered
 * @param of {@code store}, {@code tag} or {@code all}
 * @param name the id of the store, or the tag
 * @param from when a closure starts
 * @param to when it ends
 * @param repeat how often it comes
 * @param until the last date on which it may start
 * @param reason why
 * @param date the date of a special day
 * @param hours its hours
 * @param label what it is
 */
public record PlannedForm(
    String kind,
    String of,
    String name,
    String from,
    String to,
    String repeat,
    String until,
    String reason,
    String date,
    String hours,
    String label) {
  static PlannedForm of(Map<String, String> said) {
    PlannedForm form =
        new PlannedForm(
            said.getOrDefault("kind", ""),
            said.getOrDefault("of", "store"),
            said.getOrDefault("name", "").strip(),
            said.getOrDefault("from", ""),
            said.getOrDefault("to", ""),
            said.getOrDefault("repeat", "once"),
            said.getOrDefault("until", ""),
            said.getOrDefault("reason", ""),
            said.getOrDefault("date", ""),
            said.getOrDefault("hours", ""),
            said.getOrDefault("label", ""));
    if (!form.kind.isEmpty() && !form.kind.equals("closure") && !form.kind.equals("day")) {
      throw new WrongInput("kind is '%s': use closure or day".formatted(form.kind));
    }
    return form;
  }

  /** Returns whether it is a planned closure. */
  public boolean isClosure() {
    return kind.equals("closure");
  }

  @Nullable String store() {
    return of.equals("store") ? name : null;
  }

  @Nullable String tag() {
    return of.equals("tag") ? name : null;
  }

  @Nullable Boolean all() {
    return of.equals("all") ? true : null;
  }
}
