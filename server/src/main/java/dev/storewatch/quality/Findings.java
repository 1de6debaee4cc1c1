package dev.storewatch.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.storewatch.notice.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that was found in the data of some stores, at most one finding of a kind.
 *
 * @param all the findings, in the order in which they are told
 */
public record Findings(List<Finding> all) {
  /** The name of the header that tells them in short. */
  public static final String HEADER = "Storewatch-Notices";

  /** What the header says, for the description of the interface. */
  public static final String HEADER_TEXT =
      "The codes of the report's notices, each with its number of stores, as in assumed-hours=12,"
          + " flagged-hours=1; left out when there is none";

  /** Nothing was found. */
  public static final Findings NONE = new Findings(List.of());

  /** Copies the list. */
  public Findings {
    all = List.copyOf(all);
  }

  /** Returns these findings and one more, which is told first. */
  public Findings after(Finding first) {
    List<Finding> more = new ArrayList<>(all.size() + 1);
    more.add(first);
    more.addAll(all);
    return new Findings(more);
  }

  /** Returns the notices for a reader who may see every store. */
  public List<Notice> notices() {
    return notices(id -> true);
  }

  /**
   * Returns the notices for a reader.
   *
   * @param seen whether the reader may see the store of an id: no other is named
   */
  public List<Notice> notices(Predicate<String> seen) {
    return all.stream()
        .map(
            finding ->
                new Notice(
                    finding.code(), finding.text(seen), finding.count(), finding.shown(seen)))
        .toList();
  }

  /**
   * Returns them as the value of {@link #HEADER}, as in {@code assumed-hours=12, flagged-hours=1}:
   * codes and counts alone, so it is short whatever the ids are; null if there is none.
   */
  public @Nullable String header() {
    return all.isEmpty()
        ? null
        : all.stream()
            .map(finding -> finding.code() + "=" + finding.count())
            .collect(Collectors.joining(", "));
  }

  /** Returns them as text to be kept. */
  public String kept() {
    return Json.MAPPER.writeValueAsString(all);
  }

  /** Returns what was kept; nothing for null, as where an older program did not look. */
  public static Findings ofKept(@Nullable String text) {
    return text == null
        ? NONE
        : new Findings(Json.MAPPER.readValue(text, new TypeReference<List<Finding>>() {}));
  }

  /** Made at first use: a command that keeps nothing would start later for it. */
  private static final class Json {
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                any -> any.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
  }
}
