package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollSeriesTest {
  private static final Instant NOON = Instant.parse("2023-01-25T12:00:00Z");

  @Test
  void ordersPollsByInstant() {
    PollSeries series =
        PollSeries.of(List.of(new Poll(NOON, true), new Poll(Instant.EPOCH, false)));
    assertThat(series.size()).isEqualTo(2);
    assertThat(series.toPacked())
        .containsExactly(PackedPoll.of(0, false), PackedPoll.of(1_674_648_000_000_000L, true));
  }

  @Test
  void keepsTheLastReadOfTwoAtOneInstant() {
    Poll up = new Poll(NOON, true);
    Poll down = new Poll(NOON, false);
    assertThat(PollSeries.of(List.of(up, down)).toPacked())
        .isEqualTo(PollSeries.of(List.of(down)).toPacked());
    assertThat(PollSeries.of(List.of(down, up)).toPacked())
        .isEqualTo(PollSeries.of(List.of(up)).toPacked());
  }

  @Test
  void doesNotShareItsArray() {
    long[] polls = {PackedPoll.of(5, true), PackedPoll.of(1, true)};
    PollSeries series = PollSeries.ofPacked(polls);
    polls[0] = 0;
    series.toPacked()[0] = 0;
    assertThat(series.toPacked()).containsExactly(PackedPoll.of(1, true), PackedPoll.of(5, true));
  }

  @Test
  void packsAnInstantBeforeTheEpoch() {
    long poll = PackedPoll.of(-7, true);
    assertThat(PackedPoll.at(poll)).isEqualTo(-7);
    assertThat(PackedPoll.isActive(poll)).isTrue();
    assertThat(PackedPoll.isActive(PackedPoll.of(-7, false))).isFalse();
  }
}
