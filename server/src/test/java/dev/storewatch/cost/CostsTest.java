package dev.storewatch.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestFolder;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CostsTest {
  /** Ten open hours: six up, of them five for certain; two down, of them one for certain. */
  private static final WindowTotals TOTALS =
      new WindowTotals(
          10 * Micros.HOUR,
          6 * Micros.HOUR,
          2 * Micros.HOUR,
          2 * Micros.HOUR,
          0,
          5 * Micros.HOUR,
          Micros.HOUR,
          20);

  @Test
  void countAStoresOwnRateThenItsTagsThenThatOfAll(@TempDir Path path) throws IOException {
    try (TestFolder folder = new TestFolder(path)) {
      var _ = folder.importText("store_id,timezone_str\na,UTC\nb,UTC\nc,UTC\n");
      var _ = folder.importText("store_id,tag\na,west\nb,west\n");
      Costs costs =
          new Costs(
              new CostSettings(
                  "EUR", List.of("all: 1 x 1", "tag west: 20 x 15", "store a: 12 x 18.50")));
      Registry registry = folder.parts().stores().registry();

      assertThat(lost(costs, registry, "a")).isEqualTo("444.00 of 222.00 to 1110.00 EUR");
      assertThat(lost(costs, registry, "b")).isEqualTo("600.00 of 300.00 to 1500.00 EUR");
      assertThat(lost(costs, registry, "c")).isEqualTo("2.00 of 1.00 to 5.00 EUR");
    }
  }

  private static String lost(Costs costs, Registry registry, String store) {
    Cost cost = costs.of(registry, registry.key(store).orElseThrow(), TOTALS).orElseThrow();
    return "%s of %s to %s %s"
        .formatted(cost.lost(), cost.atLeast(), cost.atMost(), cost.currency());
  }

  /** Each loses a third of a unit, which is rounded when all are in. */
  @Test
  void addUpWhatSeveralStoresLose(@TempDir Path path) throws IOException {
    try (TestFolder folder = new TestFolder(path)) {
      var _ = folder.importText("store_id,timezone_str\na,UTC\nb,UTC\nc,UTC\nd,UTC\n");
      var _ = folder.importText("store_id,tag\na,west\nb,west\nc,west\n");
      Costs costs = new Costs(new CostSettings("JPY", List.of("tag west: 0.5 x 0.34")));
      Registry registry = folder.parts().stores().registry();
      Costs.Sum sum = costs.sum();
      assertThat(sum.cost()).isEmpty();
      for (String store : List.of("a", "b", "c", "d")) {
        sum.add(registry, registry.key(store).orElseThrow(), TOTALS);
      }
      assertThat(lost(costs, registry, "a")).isEqualTo("0 of 0 to 1 JPY");
      assertThat(sum.cost())
          .contains(
              new CostOfSeveral("JPY", new BigDecimal(1), new BigDecimal(1), new BigDecimal(3), 3));
    }
  }

  @Test
  void sayNothingOfAStoreWithoutARate(@TempDir Path path) throws IOException {
    try (TestFolder folder = new TestFolder(path)) {
      var _ = folder.importText("store_id,timezone_str\na,UTC\n");
      Registry registry = folder.parts().stores().registry();
      for (List<String> rates : List.of(List.<String>of(), List.of("store b: 1 x 1"))) {
        Costs costs = new Costs(new CostSettings("USD", rates));
        assertThat(costs.of(registry, registry.key("a").orElseThrow(), TOTALS))
            .isEqualTo(Optional.empty());
      }
    }
  }

  @Test
  void haveTheDigitsOfTheirCurrency(@TempDir Path path) throws IOException {
    try (TestFolder folder = new TestFolder(path)) {
      var _ = folder.importText("store_id,timezone_str\na,UTC\n");
      Costs costs = new Costs(new CostSettings("JPY", List.of("all: 0.5 x 1234.5")));
      assertThat(lost(costs, folder.parts().stores().registry(), "a"))
          .isEqualTo("1234 of 617 to 3086 JPY");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12 x 18.50", "store: 1 x 1", "all: 1 * 1", "tag a: -1 x 1", "all: 1 x"})
  void refuseARateThatIsNone(String rate) {
    assertThatThrownBy(() -> new CostSettings("USD", List.of(rate)))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("storewatch.cost.rates has '" + rate + "': write for example");
  }

  @Test
  void refuseACurrencyThatIsNone() {
    assertThatThrownBy(() -> new CostSettings("dollars", List.of()))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("for example EUR");
  }
}
