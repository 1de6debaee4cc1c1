package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.csv.RowFigures;
import dev.storewatch.store.Groups;
import dev.storewatch.uptime.WindowTotals;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TotalTest {
  private static final Groups.Group FLEET = new Groups.Group(null, null);

  /** Ten years of a million stores, which are more microseconds than a long has. */
  @Test
  void sumsMoreThanFitsIntoOneNumber() {
    long years = 3_660L * 86_400_000_000L;
    long[] store = {years, years / 2, years / 4, years / 8, years / 8, years / 4, years / 8, 1_000};
    Total total = new Total(FLEET, 1);
    for (int i = 0; i < 1_000_000; i++) {
      total.add(store, 0, new long[] {-i, i}, 0);
    }

    RowFigures figures = total.figures(0);
    long hundredths = 100L * 3_660 * 1_440 * 1_000_000;
    assertThat(figures)
        .isEqualTo(
            new RowFigures(
                hundredths,
                hundredths / 2,
                hundredths / 4,
                hundredths / 8,
                hundredths / 8,
                OptionalLong.of(6_666),
                hundredths / 4,
                hundredths / 4 * 3,
                1_000_000_000));
    assertThat(total.stores()).isEqualTo(1_000_000);
    assertThat(total.start(0)).isEqualTo(-999_999);
    assertThat(total.end(0)).isEqualTo(999_999);
  }

  @Test
  void roundsTheSumsAndNotTheirParts() {
    Total total = new Total(FLEET, 2);
    long[] store = new long[2 * WindowTotals.FIELDS];
    store[WindowTotals.FIELDS] = 200_000; // a third of a hundredth of a minute
    store[WindowTotals.FIELDS + 1] = 200_000;
    for (int i = 0; i < 3; i++) {
      total.add(store, 0, new long[4], 0);
    }

    assertThat(total.figures(1).scheduled()).isEqualTo(1);
    assertThat(total.figures(1).percent()).hasValue(10_000);
    assertThat(total.figures(0).percent()).isEmpty();
  }
}
