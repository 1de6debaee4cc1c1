package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.interval.Micros;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AsOfTest {
  @Test
  void isAWordInAnyLetterCase() {
    assertThat(AsOf.parse(" LATEST ")).isEqualTo(new AsOf.Latest());
    assertThat(AsOf.parse("Now")).isEqualTo(new AsOf.Now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-25T18:13:22.000001Z",
        " 2023-01-25t18:13:22.000001z ",
        "2023-01-25T12:13:22.000001-06:00",
        "2023-01-25 18:13:22.000001 UTC",
        "2023-01-25 18:13:22.000001999999 +0000 UTC",
        "2023-01-25T18:13:22.000001Z[UTC]",
        "20230125T181322.000001Z",
        "2023-01-25 12:13:22.000001 -0600",
      })
  void isAnInstantWhateverItsOffset(String text) {
    assertThat(AsOf.parse(text))
        .isEqualTo(new AsOf.At(Micros.of(Instant.parse("2023-01-25T18:13:22.000001Z"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1900-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
  void reachesFromTheFirstInstantToTheLast(String text) {
    assertThat(AsOf.parse(text)).isEqualTo(new AsOf.At(Micros.of(Instant.parse(text))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1899-12-31T23:59:59.999999Z",
        "+10000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
      })
  void reachesNoFarther(String text) {
    assertThatThrownBy(() -> AsOf.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the as-of instant %s is out of range: use one of the years 1900 to 9999", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2023-01-25",
        "2023-02-29T00:00:00Z",
        "2023-01-25 05:30 05:30 05:30",
        "2023-01-25 18:13:22 CST",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "2016-12-31 23:59:60 UTC"
      })
  void saysWhatItMayBe(String text) {
    assertThatThrownBy(() -> AsOf.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'%s' is not an as-of instant: use latest, now or", text);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-25T18:13:22, 2023-01-25T18:13:22Z",
    "2023-01-25 18:13:22.5, 2023-01-25T18:13:22.5Z",
    "2023-01-25 18:13, 2023-01-25T18:13:00Z",
    "20230125T181322, 2023-01-25T18:13:22Z",
    "2023-01-25 18:13:22 UTC, 2023-01-25T18:13:22Z",
    // The plus of an offset in a query is a blank, unless the client writes it as %2B.
    "2023-01-25T18:13:22 05:30, 2023-01-25T12:43:22Z",
    "2023-01-25T18:13:22.5 0530, 2023-01-25T12:43:22.5Z",
    "2023-01-25 18:13:22 05:30, 2023-01-25T12:43:22Z",
    "2023-01-25T18:13 05:30, 2023-01-25T12:43:00Z",
  })
  void isReadInTheFormsThatFilesMayHave(String text, String instant) {
    assertThat(AsOf.parse(text)).isEqualTo(new AsOf.At(Micros.of(Instant.parse(instant))));
  }

  @Test
  void isNotAfterTheClock() {
    long now = Micros.of(Instant.parse("2023-01-25T18:00:00Z"));

    assertThat(new AsOf.At(now).notAfter(now)).isEqualTo(now);
    assertThatThrownBy(() -> new AsOf.At(now + 1).notAfter(now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the as-of instant 2023-01-25T18:00:00.000001Z is after the clock, which says"
                + " 2023-01-25T18:00:00Z: use an instant that has passed, latest or now");
  }
}
