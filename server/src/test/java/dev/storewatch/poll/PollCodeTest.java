package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.uptime.PackedPoll;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class PollCodeTest {
  @ParameterizedTest
  @Seeds
  void givesBackEachPollOfAnyPeriodAndStoresThatFit(long seed) {
    Random random = new Random(seed);
    int fitting = 0;
    for (int round = 0; round < 2_000; round++) {
      long start = random.nextLong() >> (2 + random.nextInt(62));
      long length = 1 + (random.nextLong() >>> (2 + random.nextInt(62)));
      int first = random.nextInt() >> random.nextInt(32);
      int last =
          (int)
              Math.min(
                  Integer.MAX_VALUE, first + (random.nextLong() >>> (33 + random.nextInt(31))));
      Span period = new Span(start, start + length);
      var code = PollCode.of(period, first, last);
      double keys = (double) last - first + 1;
      // Each of the two takes the next power of two.
      assertThat(code.isPresent() || 2.0 * length * keys > 0x1p61).isTrue();
      assertThat(code.isEmpty() || 2.0 * length * keys <= 0x1p63).isTrue();
      if (code.isPresent()) {
        fitting++;
        for (int key : new int[] {first, first + (int) (((long) last - first) / 2), last}) {
          for (long at : new long[] {start, start + length / 2, start + length - 1}) {
            for (boolean active : new boolean[] {true, false}) {
              long poll = PackedPoll.of(at, active);
              long number = code.get().encode(key, poll);
              assertThat(number).isNotNegative();
              assertThat(code.get().key(number)).isEqualTo(key);
              assertThat(code.get().poll(number)).isEqualTo(poll);
            }
          }
        }
      }
    }
    assertThat(fitting).isBetween(200, 1_900);
  }

  @Test
  void hasRoomForTenThousandStoresInEightYearsAndAMillionInFiftyDays() {
    long start = Micros.of(Instant.parse("1999-01-01T00:00:00Z"));
    long day = 86_400_000_000L;
    assertThat(PollCode.of(new Span(start, start + 8 * 366 * day), 1, 10_000)).isPresent();
    assertThat(PollCode.of(new Span(start, start + 50 * day), 1, 1_000_000)).isPresent();
    assertThat(PollCode.of(new Span(start, start + 60 * day), 1, 1_000_000)).isEmpty();
  }

  @Test
  void isNoneOfNothingAndOfTwoStoresInAllTime() {
    assertThat(PollCode.of(new Span(5, 5), 1, 9)).isEmpty();
    assertThat(PollCode.of(new Span(5, 6), 2, 1)).isEmpty();
    assertThat(PollCode.of(new PollRows(3))).isEmpty();
    assertThat(PollCode.of(Change.ALWAYS, 1, 2)).isEmpty();
    assertThat(PollCode.of(new Span(Long.MIN_VALUE, Long.MAX_VALUE), 1, 1)).isEmpty();
  }

  @Test
  void encodesPollsByWhatIsAmongThem() {
    PollRows polls = new PollRows(2);
    polls.add(7, PackedPoll.of(-40, true));
    polls.add(5, PackedPoll.of(-50, false));
    assertThat(PollCode.of(polls)).contains(new PollCode(5, -50, 5));
  }
}
