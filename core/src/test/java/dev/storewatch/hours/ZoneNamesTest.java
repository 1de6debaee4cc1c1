package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zones by names that are not quite theirs. */
final class ZoneNamesTest {
  @ParameterizedTest
  @CsvSource({
    "America/Los_Angeles, America/Los_Angeles",
    "america/los_angeles, America/Los_Angeles",
    "America/New York, America/New_York",
    "Pacific Standard Time, America/Los_Angeles",
    "pacific standard time (mexico), America/Tijuana",
    "W. Europe Standard Time, Europe/Berlin",
    "HST, HST",
    "utc, UTC",
  })
  void areFoundByWhatPeopleWrite(String text, String name) {
    assertThat(Objects.requireNonNull(ZoneTable.bundled().named(text)).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "PST", "BST", "Mars/Base", "+05:00", "UTC+5", "America"})
  void areNotGuessed(String text) {
    assertThat(ZoneTable.bundled().named(text)).isNull();
  }

  @Test
  void areNamedWhenTheyAreLikeAWrongOne() {
    assertThat(ZoneTable.bundled().nearest("Amerika/Chicago")).first().isEqualTo("America/Chicago");
    assertThat(ZoneTable.bundled().nearest("Los Angelos")).contains("America/Los_Angeles");
    assertThat(ZoneTable.bundled().nearest("quite another text")).isEmpty();
    assertThat(ZoneTable.bundled().nearest("x".repeat(10_000))).isEmpty();
    assertThatThrownBy(() -> ZoneTable.bundled().zone("Amerika/Chicago"))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("did you mean America/Chicago");
  }

  @Test
  void everyNameOfTheTableIsFoundByItself() {
    assertThat(ZoneTable.bundled().names())
        .allSatisfy(
            name ->
                assertThat(Objects.requireNonNull(ZoneTable.bundled().named(name)).name())
                    .isEqualTo(name));
  }
}
