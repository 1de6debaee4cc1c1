package dev.storewatch.dashboard;

import dev.storewatch.http.Encoded;
import dev.storewatch.instant.Durations;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportRequestBody;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportState;
import dev.storewatch.window.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the form asks for that requests a report, as its fields have it; what is empty is as in a
 * request without it.
 *
 * @param asOf latest, now or an instant
 * @param rule the name of the rule
 * @param carry how far from its own instant a poll speaks
 * @param windows windows and periods, with commas between them
 * @param stores the ids of stores, one on each line
 * @param tags tags, with commas between them
 * @param groupBy what tags begin with, with commas between them
 * @param late whether a closing time of 23:59 is read as midnight: true, false or empty
 * @param revision the number of a revision of the data
 */
public record ReportForm(
    String asOf,
    String rule,
    String carry,
    String windows,
    String stores,
    String tags,
    String groupBy,
    String late,
    String revision) {
  /** Reads the fields of a form or the parameters of a link. */
  static ReportForm of(Map<String, String> fields) {
    return new ReportForm(
        text(fields, "as_of"),
        text(fields, "rule"),
        text(fields, "carry"),
        text(fields, "windows"),
        text(fields, "stores"),
        text(fields, "tags"),
        text(fields, "group_by"),
        text(fields, "late"),
        text(fields, "revision"));
  }

  private static String text(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "").strip();
  }

  /**
   * Returns what asks for the very same report again, of the data as it was: nothing in it depends
   * on when it is asked.
   *
   * @param ids the stores that it is asked for, of those that whoever looks may see; null for all
   */
  static ReportForm again(Report report, @Nullable List<String> ids, List<String> groupBy) {
    ReportSpec spec = report.spec();
    Integer known = spec.revision();
    Integer made =
        report.state() instanceof ReportState.Complete complete ? complete.revision() : null;
    return new ReportForm(
        report.asOf().isEmpty() ? "latest" : spec.asOfInstant().toString(),
        spec.rule().name(),
        Durations.format(spec.rule().carry()),
        spec.windows().stream().map(Window::format).collect(Collectors.joining(",")),
        ids == null ? "" : String.join("\n", ids),
        String.join(",", spec.tags()),
        String.join(",", groupBy),
        String.valueOf(spec.lateClose().isAsMidnight()),
        known != null ? known.toString() : Objects.toString(made, ""));
  }

  /**
   * Returns the request.
   *
   * @throws NumberFormatException if the revision is no number
   */
  ReportRequestBody body() {
    return new ReportRequestBody(
        Forms.given(asOf),
        Forms.given(rule),
        Forms.given(carry),
        lines(stores),
        words(tags),
        words(windows),
        late.isEmpty() ? null : Boolean.valueOf(late),
        revision.isEmpty() ? null : Integer.valueOf(revision),
        null);
  }

  private static @Nullable List<@Nullable String> lines(String text) {
    return orNull(text.lines().map(String::strip));
  }

  private static @Nullable List<@Nullable String> words(String text) {
    return orNull(Forms.words(text).stream());
  }

  private static @Nullable List<@Nullable String> orNull(Stream<String> texts) {
    List<@Nullable String> all = new ArrayList<>();
    texts.filter(each -> !each.isEmpty()).forEach(all::add);
    return all.isEmpty() ? null : all;
  }

  /** Returns what the groups of totals are made by. */
  static List<String> groups(String groupBy) {
    return Forms.words(groupBy);
  }

  /** Returns whether a rule is chosen, which is the usual one if the form names none. */
  public boolean isBy(String name) {
    return name.equals(rule.isEmpty() ? "nearest" : rule);
  }

  /** Returns the link that fills the form so. */
  public String link() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("as_of", asOf);
    all.put("rule", rule);
    all.put("carry", carry);
    all.put("windows", windows);
    all.put("stores", stores);
    all.put("tags", tags);
    all.put("group_by", groupBy);
    all.put("late", late);
    all.put("revision", revision);
    return all.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&", "/reports?", "#ask"));
  }

  static String encoded(String text) {
    return Encoded.value(text);
  }
}
