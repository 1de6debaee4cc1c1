package dev.storewatch.outage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import org.jspecify.annotations.Nullable;

/** Outages as events of a calendar (RFC 5545). All instants are in UTC, in whole seconds. */
final class OutageEvents {
  /** Line ends of all kinds: readers differ in which of them end a content line. */
  private static final Pattern LINE_END = Pattern.compile("\\R");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");
  private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

  private final Instant now;

  /** Events as of an instant, with which those that go on end. */
  OutageEvents(Instant now) {
    this.now = now;
  }

  /**
   * Returns an outage as an event.
   *
   * @param corrections how often what was said of the outage was corrected; null if never
   */
  VEvent of(OutageView outage, OutageScan.@Nullable Corrections corrections) {
    Instant start = outage.from().truncatedTo(ChronoUnit.SECONDS);
    // The end must lie after the start, so it is rounded up.
    Instant end = upToSecond(outage.to() == null ? now : outage.to());
    Instant changed = changed(outage, corrections);
    List<Property> properties =
        List.of(
            new Uid("outage-%s@storewatch".formatted(outage.id())),
            new DtStamp(changed),
            new LastModified(changed),
            new Sequence(sequence(outage, corrections)),
            new DtStart<>(start),
            new DtEnd<>(end.isAfter(start) ? end : start.plusSeconds(1)),
            new Summary(clean(summary(outage))),
            new Description(clean(description(outage))),
            ImmutableTransp.TRANSPARENT);
    return new VEvent(new PropertyList(properties));
  }

  /**
   * An event is another one when the outage ends, and whenever it is corrected; that it goes on
   * again after its end is a correction.
   */
  private static int sequence(OutageView outage, OutageScan.@Nullable Corrections corrections) {
    return (corrections == null ? 0 : corrections.count()) + (outage.ongoing() ? 0 : 1);
  }

  /**
   * Returns when what the event says was last changed, as far as that is kept. One that goes on
   * changes with the clock.
   */
  private Instant changed(OutageView outage, OutageScan.@Nullable Corrections corrections) {
    return outage.ongoing()
        ? now.truncatedTo(ChronoUnit.SECONDS)
        : Stream.of(
                outage.foundAt(),
                outage.nextUp() == null ? outage.lastDown() : outage.nextUp(),
                corrections == null ? outage.foundAt() : corrections.lastAt())
            .max(Instant::compareTo)
            .orElseThrow()
            .truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant upToSecond(Instant instant) {
    return instant.plus(Duration.ofSeconds(1).minusNanos(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String summary(OutageView outage) {
    return "%s %s"
        .formatted(
            Objects.requireNonNullElse(outage.storeName(), outage.storeId()),
            outage.ongoing() ? "is down so far" : "was down");
  }

  private static String description(OutageView outage) {
    return """
    Store: %s
    Last up: %s
    First down: %s
    Last down: %s
    Next up: %s
    Open time lost: %s minutes
    %s\
    """
        .formatted(
            outage.storeId(),
            text(outage.lastUp()),
            outage.firstDown(),
            outage.lastDown(),
            text(outage.nextUp()),
            outage.openSeconds().divide(MINUTE, 2, RoundingMode.HALF_UP).toPlainString(),
            end(outage));
  }

  private static String end(OutageView outage) {
    return switch (outage.endedBy()) {
      case null -> "It goes on; until now is how long it has lasted so far.";
      case "recovery" -> "Ended by: recovery, the store was up again";
      default -> "Ended by: silence, nothing is known of the time after it";
    };
  }

  private static String text(@Nullable Instant instant) {
    return instant == null ? "not known" : instant.toString();
  }

  /**
   * Returns a text without what may not be in one. ical4j escapes LF alone: a CR would end the
   * line, and the rest of the text could be read as a property.
   */
  private static String clean(String text) {
    return CONTROL.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
  }
}
