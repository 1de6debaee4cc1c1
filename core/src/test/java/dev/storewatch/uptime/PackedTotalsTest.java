package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.interval.Micros;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Packed figures are what they were when they are unpacked. */
final class PackedTotalsTest {
  @ParameterizedTest
  @Seeds
  void comesBackAsItWas(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      int days = random.nextInt(32);
      long[] totals = new long[days * WindowTotals.FIELDS];
      for (int at = 0; at < totals.length; at += WindowTotals.FIELDS) {
        long down = time(random);
        long unknown = time(random);
        long excluded = time(random);
        long up = time(random);
        totals[at] = up + down + unknown + excluded;
        totals[at + 1] = up;
        totals[at + 2] = down;
        totals[at + 3] = unknown;
        totals[at + 4] = excluded;
        totals[at + 5] = up - (random.nextBoolean() ? 0 : random.nextLong(up + 1));
        totals[at + 6] = down - (random.nextBoolean() ? 0 : random.nextLong(down + 1));
        totals[at + 7] = random.nextInt(100_000);
      }
      long[] unpacked = new long[31 * WindowTotals.FIELDS];
      assertThat(PackedTotals.unpack(PackedTotals.pack(totals, 0, days), unpacked)).isEqualTo(days);
      assertThat(Arrays.copyOf(unpacked, totals.length)).isEqualTo(totals);
    }
  }

  private static long time(Random random) {
    return random.nextBoolean() ? 0 : random.nextLong(2 * Micros.DAY);
  }

  @Test
  void takesFewBytesForUsualDays() {
    long[] totals = new long[30 * WindowTotals.FIELDS];
    for (int at = 0; at < totals.length; at += WindowTotals.FIELDS) {
      totals[at] = 10 * Micros.HOUR;
      totals[at + 1] = 10 * Micros.HOUR;
      totals[at + 5] = 10 * Micros.HOUR;
      totals[at + 7] = 10;
    }
    assertThat(PackedTotals.pack(totals, 0, 30)).hasSizeLessThan(300);
  }
}
