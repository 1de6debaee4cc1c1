package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.store.Registry;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an import tells of stores that were not known. */
final class NewStoresTest {
  private static List<String> notes(List<String> known, String... newIds) {
    Registry.Builder stores = new Registry.Builder(known.size());
    for (int key = 1; key <= known.size(); key++) {
      stores.add(key, known.get(key - 1), null, null, null);
    }
    return NewStores.notes(
        stores.build(new Registry.PackedHours(new int[known.size() + 2], new long[0])),
        List.of(newIds));
  }

  @Test
  void countsThemAndNamesThree() {
    assertThat(notes(List.of("NYC-0042"), "NYC-O042")).containsExactly("1 store is new: NYC-O042");
    assertThat(notes(List.of("1"), "a", "b", "c", "d"))
        .containsExactly("4 stores are new, for example a, b, c");
    assertThat(notes(List.of("1"))).isEmpty();
    assertThat(notes(List.of(), "a")).isEmpty();
  }

  @Test
  void tellsOfIdsThatShareTheirFirstDigitsWithKnownOnes() {
    assertThat(notes(List.of("8419537941919820732", "7"), "8419537941919820800", "9"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith(
            "1 store is new, with the first 15 digits of another:"
                + " 8419537941919820800 like 8419537941919820732; ")
        .contains("R, pandas and jq", "as text");
  }

  @Test
  void tellsOfIdsThatShareTheirFirstDigitsWithEachOther() {
    assertThat(
            notes(
                List.of(),
                "8419537941919820732",
                "1234567890123456",
                "8419537941919820733",
                "8419537941919820734"))
        .singleElement()
        .asString()
        .startsWith(
            "3 stores are new, with the first 15 digits of another, for example"
                + " 8419537941919820733 like 8419537941919820732,"
                + " 8419537941919820734 like 8419537941919820732; ");
  }

  @Test
  void saysNothingOfShortOnesOtherLengthsAndOtherTexts() {
    assertThat(
            notes(
                List.of(),
                "123456789012345",
                "1234567890123451",
                "12345678901234512",
                "12345678901234a1",
                "12345678901234a2"))
        .isEmpty();
  }

  @Test
  void saysNothingOfARealFleet() {
    Random random = new Random(1);
    String[] ids =
        Stream.generate(
                () -> Long.toString(random.nextLong(100_000_000_000_000_000L, Long.MAX_VALUE)))
            .limit(14_000)
            .toArray(String[]::new);

    assertThat(notes(List.of(), ids)).isEmpty();
  }

  @Test
  void takesAMomentThoughAllIdsBeginAlike() {
    String[] ids = IntStream.range(0, 300_000).mapToObj("%019d"::formatted).toArray(String[]::new);

    assertThat(notes(List.of(), ids))
        .singleElement()
        .asString()
        .startsWith("300,000 stores are new, with the first 15 digits of another, for example");
  }
}
