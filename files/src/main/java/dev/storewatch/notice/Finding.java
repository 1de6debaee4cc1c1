package dev.storewatch.notice;

import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the data of some stores, as it is kept with a report: a notice without its
 * sentence, which is made for whoever reads it.
 *
 * @param code the code of the notice
 * @param count how many stores it is about
 * @param examples the ids of some of them
 * @param nearMisses ids among them that are nearly those of other stores; null for none
 * @param lateAsOf what is wrong with the as-of instant, if the notice is about that
 * @param unfinished the periods that are not over, if the notice is about them
 */
public record Finding(
    String code,
    int count,
    List<String> examples,
    @Nullable List<NearMiss> nearMisses,
    @Nullable LateAsOf lateAsOf,
    @Nullable Unfinished unfinished) {
  /** The code of the notice that a period is not over at the as-of instant. */
  public static final String UNFINISHED = "unfinished-period";

  /** The code of the notice that an as-of instant is too late for most stores. */
  public static final String LATE_AS_OF = "late-as-of";

  /** The most examples of a notice. */
  public static final int MOST_EXAMPLES = 3;

  /** Copies the lists. */
  public Finding {
    examples = List.copyOf(examples);
    nearMisses = nearMisses == null ? null : List.copyOf(nearMisses);
  }

  /** A finding of a kind of fault. */
  public Finding(
      String code, int count, List<String> examples, @Nullable List<NearMiss> nearMisses) {
    this(code, count, examples, nearMisses, null, null);
  }

  /**
   * An id that is probably meant to be another one.
   *
   * @param id the one that is polled
   * @param meant the one that has hours or a zone
   */
  public record NearMiss(String id, String meant) {
    /** Returns the question that it is, without a question mark too many. */
    public String text() {
      return "did you mean '%s' by '%s'?".formatted(meant, id);
    }
  }

  /**
   * An as-of instant that is too late for most stores. Instants and lengths are in microseconds.
   *
   * @param asOf the instant
   * @param carry the carry limit
   * @param polled how many stores were polled by then
   * @param right the instant that would be right for most
   * @param ahead some stores with a poll after that one
   */
  public record LateAsOf(long asOf, long carry, int polled, long right, List<String> ahead) {
    /** Copies the list. */
    public LateAsOf {
      ahead = List.copyOf(ahead);
    }

    private String text(int count, Predicate<String> seen) {
      List<String> named = ahead.stream().filter(seen).toList();
      return String.format(
          Locale.ROOT,
          "the as-of instant %s is later than the newest poll of %,d of %,d stores by more than the"
              + " carry limit (%s): --as-of %s would be right for most%s",
          Micros.toInstant(asOf),
          count,
          polled,
          Durations.format(Duration.of(carry, ChronoUnit.MICROS)),
          Micros.toInstant(right),
          named.isEmpty()
              ? ""
              : "; later polls, maybe of a clock that is wrong, have " + String.join(", ", named));
    }
  }

  /**
   * Returns the finding that an as-of instant is too late for most stores.
   *
   * @param count for how many
   * @param examples some of them
   */
  public static Finding of(LateAsOf late, int count, List<String> examples) {
    return new Finding(LATE_AS_OF, count, examples, null, late, null);
  }

  /**
   * Periods of which the part until the as-of instant counts alone.
   *
   * @param asOf the instant, in microseconds since the epoch
   * @param periods their names
   */
  public record Unfinished(long asOf, List<String> periods) {
    /** Copies the list. */
    public Unfinished {
      periods = List.copyOf(periods);
    }

    private String text(int count) {
      return String.format(
          Locale.ROOT,
          "%s not over at the as-of instant %s for %,d %s: only the time until then is"
              + " measured",
          String.join(", ", periods) + (periods.size() == 1 ? " is" : " are"),
          Micros.toInstant(asOf),
          count,
          count == 1 ? "store" : "stores");
    }
  }

  /**
   * Returns the finding that periods are not over at the as-of instant.
   *
   * @param count for how many stores
   * @param examples some of them
   */
  public static Finding of(Unfinished unfinished, int count, List<String> examples) {
    return new Finding(UNFINISHED, count, examples, null, null, unfinished);
  }

  /**
   * Returns the examples that a reader may see.
   *
   * @param seen whether the reader may see the store of an id
   */
  public List<String> shown(Predicate<String> seen) {
    return examples.stream().filter(seen).toList();
  }

  /**
   * Returns the sentence for a reader.
   *
   * @param seen whether the reader may see the store of an id: no other is named
   */
  public String text(Predicate<String> seen) {
    if (lateAsOf != null) {
      return lateAsOf.text(count, seen);
    }
    if (unfinished != null) {
      return unfinished.text(count);
    }
    String what =
        FaultKind.of(code)
            .map(kind -> kind.text(count))
            .orElseGet(() -> "a newer version of Storewatch found '" + code + "' here");
    return what + listed(shown(seen)) + meant(seen);
  }

  private String listed(List<String> shown) {
    if (shown.isEmpty()) {
      return "";
    }
    String ids = String.join(", ", shown);
    return shown.size() == count ? ": " + ids : ", such as " + ids;
  }

  private String meant(Predicate<String> seen) {
    return Objects.requireNonNullElse(nearMisses, List.<NearMiss>of()).stream()
        .filter(pair -> seen.test(pair.id) && seen.test(pair.meant))
        .map(pair -> "; " + pair.text())
        .collect(Collectors.joining());
  }
}
