package dev.storewatch.channel;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * An alert in words, as all channels tell it: a title of one line, facts, and a link.
 *
 * @param title one line, at most {@value #LONGEST_TITLE} characters
 * @param facts what is known, in order
 * @param link where to see more, or null
 */
record Wording(String title, List<Fact> facts, @Nullable String link) {
  static final int LONGEST_TITLE = 250;
  private static final int LONGEST_VALUE = 1_000;
  private static final int LONGEST_NAME = 80;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /**
   * Something that is known.
   *
   * @param label what it is, such as {@code since}
   * @param value how it is, at most {@value #LONGEST_VALUE} characters
   */
  record Fact(String label, String value) {}

  /** Returns an alert in words. */
  static Wording of(Alert alert) {
    List<Fact> facts = new ArrayList<>();
    if (alert.kind() == Alert.Kind.REPORT) {
      boolean isPeriod = alert.times().end() != null;
      add(facts, isPeriod ? "From" : "As of", time(alert.times().start()));
      add(facts, "To", time(alert.times().end()));
    } else {
      addTimes(facts, alert.times());
      add(facts, "Ended by", alert.endedBy());
      addStores(facts, alert.subject());
    }
    add(facts, "Note", alert.note());
    return new Wording(
        cut(title(alert), LONGEST_TITLE),
        List.copyOf(facts),
        alert.link() == null ? null : alert.link().toString());
  }

  private static String title(Alert alert) {
    String who = who(alert.subject());
    String what = alert.trouble().predicate();
    return switch (alert.kind()) {
      case STARTED -> "%s %s".formatted(who, what);
      case CONTINUES -> "Still: %s %s".formatted(who, what);
      case ENDED -> "Over: %s %s".formatted(who, past(what));
      case FOUND_LATE -> "Found late: %s %s".formatted(who, past(what));
      case DIGEST ->
          alert.subject().group() == null
              ? "Still, as it opens: %s %s".formatted(who, what)
              : "Still, as they open: %d stores are down or not heard of"
                  .formatted(alert.subject().count());
      case REPORT -> String.valueOf(alert.subject().group());
      case TEST -> "Test: %s %s".formatted(who, what);
    };
  }

  private static String past(String predicate) {
    return predicate
        .replaceFirst("^is ", "was ")
        .replaceFirst("^goes ", "went ")
        .replaceFirst("^cannot ", "could not ");
  }

  private static String who(Subject subject) {
    return subject.group() == null
        ? store(subject.stores().getFirst())
        : "%s: each of %d stores".formatted(cut(subject.group(), LONGEST_NAME), subject.count());
  }

  private static String store(Subject.Store store) {
    return store.name() == null || store.name().equals(store.id())
        ? cut(store.id(), LONGEST_NAME)
        : "%s (%s)".formatted(cut(store.name(), LONGEST_NAME), cut(store.id(), LONGEST_NAME));
  }

  private static void addTimes(List<Fact> facts, Times times) {
    add(facts, "Since", time(times.start()));
    add(facts, "Until", time(times.end()));
    add(facts, "For", words(times.elapsed()) + " by the clock");
    Duration open = times.openTime();
    add(facts, "Open time lost", open == null ? null : words(open) + bounds(times));
  }

  private static String bounds(Times times) {
    return times.atLeast() == null || times.atMost() == null
        ? ""
        : " (at least %s, at most %s)".formatted(words(times.atLeast()), words(times.atMost()));
  }

  private static void addStores(List<Fact> facts, Subject subject) {
    if (subject.group() == null || subject.stores().isEmpty()) {
      return;
    }
    int others = subject.count() - subject.stores().size();
    String named = subject.stores().stream().map(Wording::store).collect(Collectors.joining(", "));
    add(facts, "Stores", others == 0 ? named : "%s and %d more".formatted(named, others));
  }

  private static void add(List<Fact> facts, String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(label, cut(value, 2 * LONGEST_VALUE)));
    }
  }

  /** Returns a local time with its offset: {@code 2026-11-29 14:05:00 -05:00}. */
  private static @Nullable String time(@Nullable OffsetDateTime time) {
    return time == null ? null : TIME.format(time);
  }

  /** Returns a length of time in its two largest units: {@code 1 h 20 min}. */
  static String words(Duration length) {
    long seconds = length.toSeconds();
    if (seconds >= 86_400) {
      return units(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }
    if (seconds >= 3_600) {
      return units(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    return units(seconds / 60, "min", seconds % 60, "s");
  }

  private static String units(long large, String largeUnit, long small, String smallUnit) {
    if (large == 0) {
      return "%d %s".formatted(small, smallUnit);
    }
    return small == 0
        ? "%d %s".formatted(large, largeUnit)
        : "%d %s %d %s".formatted(large, largeUnit, small, smallUnit);
  }

  /** Returns the beginning of a text on one line, and never half of a character. */
  static String cut(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    if (line.length() <= most) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
    return line.substring(0, end) + "…";
  }

  /** Returns the facts and the link as lines of plain text. */
  String text() {
    String lines =
        facts.stream()
            .map(fact -> fact.label() + ": " + fact.value())
            .collect(Collectors.joining("\n"));
    return link == null ? lines : lines + "\n" + link;
  }

  /** Returns all of it as a page of HTML. */
  String html() {
    String rows =
        facts.stream()
            .map(
                fact ->
                    "<tr><th align=\"left\" valign=\"top\">%s</th><td>%s</td></tr>\n"
                        .formatted(escaped(fact.label()), escaped(fact.value())))
            .collect(Collectors.joining());
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head><body>
    <h1 style="font-size: 1.2em">%1$s</h1>
    <table cellpadding="4">
    %2$s</table>
    %3$s</body></html>
    """
        .formatted(escaped(title), rows, anchor());
  }

  private String anchor() {
    return link == null ? "" : "<p><a href=\"%1$s\">%1$s</a></p>\n".formatted(escaped(link));
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
