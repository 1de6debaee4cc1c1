package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Bars to scale. */
final class StripTest {
  private static Segment segment(long from, long to, Segment.State state) {
    return new Segment(new Span(from, to), state, true, OptionalLong.empty());
  }

  @Test
  void isToScaleAndNeighboursOfOneStateAreOnePart() {
    Strip strip =
        Strip.of(
            new Span(0, 1_000),
            List.of(
                segment(0, 250, Segment.State.CLOSED),
                segment(250, 400, Segment.State.UP),
                segment(400, 500, Segment.State.UP),
                segment(500, 1_000, Segment.State.DOWN)));
    assertThat(strip.parts())
        .containsExactly(
            new Strip.Part("0.00", "250.00", "closed"),
            new Strip.Part("250.00", "250.00", "up"),
            new Strip.Part("500.00", "500.00", "down"));
  }

  /** As of a store that is polled each minute, and up and down by turns, for a year. */
  @Test
  void hasNoMorePartsThanAScreenCanShow() {
    List<Segment> segments = new ArrayList<>();
    int minutes = 365 * 24 * 60;
    for (int minute = 0; minute < minutes; minute++) {
      boolean isDown = minute % 2 == 1 || minute >= minutes / 2;
      segments.add(
          segment(minute * 60L, minute * 60L + 60, isDown ? Segment.State.DOWN : Segment.State.UP));
    }
    Strip strip = Strip.of(new Span(0, minutes * 60L), segments);
    assertThat(strip.parts()).hasSizeBetween(2, Strip.MOST_PARTS);
    assertThat(strip.parts().getLast().state()).isEqualTo("down");
    double width =
        strip.parts().stream().mapToDouble(part -> Double.parseDouble(part.width())).sum();
    assertThat(width).isBetween(999.0, 1_001.0);
  }
}
