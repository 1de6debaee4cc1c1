package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordingTest {
  @Test
  void tellsWhereSinceWhenAndHowLong() {
    Wording wording = Wording.of(Alerts.down());

    assertThat(wording.title()).isEqualTo("Main <Street> & 5th (8419537941919820732) is down");
    assertThat(wording.text())
        .isEqualTo(
            """
            Since: 2026-11-29 14:05:00 -05:00
            For: 15 min by the clock
            Open time lost: 15 min (at least 5 min, at most 1 h 5 min)
            https://storewatch.example.com/stores/8419537941919820732\
            """);
  }

  @Test
  void tellsWhatEndedIt() {
    Wording wording = Wording.of(Alerts.of(Alert.Kind.ENDED));

    assertThat(wording.title())
        .isEqualTo("Over: Main <Street> & 5th (8419537941919820732) was down");
    assertThat(wording.text())
        .contains("Until: 2026-11-29 15:25:00 -05:00")
        .contains("For: 1 h 20 min by the clock")
        .contains("Ended by: an active poll at 15:25");
  }

  @Test
  void hasATitleForEachKindAndTrouble() {
    assertThat(
            Stream.of(Alert.Kind.values())
                .filter(kind -> kind != Alert.Kind.REPORT) // which says what it is itself
                .flatMap(
                    kind ->
                        Stream.of(Alert.Trouble.values())
                            .map(trouble -> Wording.of(of(kind, trouble)).title())))
        .doesNotHaveDuplicates()
        .allSatisfy(title -> assertThat(title).contains("Main Street"))
        .contains(
            "Found late: Main Street was not heard of",
            "Still: Main Street is down",
            "Over: Main Street did not open on time",
            "Still, as it opens: Main Street is down");
  }

  private static Alert of(Alert.Kind kind, Alert.Trouble trouble) {
    return new Alert(
        "i",
        kind,
        trouble,
        Subject.of("Main Street", "Main Street"),
        Times.since(OffsetDateTime.parse("2026-01-01T00:00:00Z"), Duration.ZERO, Duration.ZERO),
        null,
        null,
        null);
  }

  @Test
  void namesSomeStoresOfAGroupAndCountsTheOthers() {
    Wording wording = Wording.of(Alerts.group(25, "s", 1, null));

    assertThat(wording.title()).isEqualTo("region:west: each of 25 stores is down");
    assertThat(wording.text())
        .contains("Stores: s0 (84195379419198207320), s1 (84195379419198207321)")
        .contains(" and 5 more");
  }

  @Test
  void escapesWhatIsInHtml() {
    Alert alert =
        new Alert(
            "i",
            Alert.Kind.STARTED,
            Alert.Trouble.DOWN,
            Subject.of("<script>alert('1')</script>", "\"ü\" & co"),
            Times.since(OffsetDateTime.parse("2026-01-01T00:00:00Z"), Duration.ZERO, Duration.ZERO),
            null,
            "<b>&amp;</b>",
            URI.create("https://example.com/?a=1&b='2'"));

    assertThat(Wording.of(alert).html())
        .doesNotContain("<script>", "<b>")
        .contains("&quot;ü&quot; &amp; co (&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;)")
        .contains("&lt;b&gt;&amp;amp;&lt;/b&gt;")
        .contains("href=\"https://example.com/?a=1&amp;b=&#39;2&#39;\"");
  }

  @Test
  void isOneLineWhereOneIsMeant() {
    Alert alert =
        new Alert(
            "i",
            Alert.Kind.STARTED,
            Alert.Trouble.DOWN,
            Subject.of("a\r\nBcc: x@example.com", "n".repeat(300)),
            Times.since(OffsetDateTime.parse("2026-01-01T00:00:00Z"), Duration.ZERO, Duration.ZERO),
            "a\nb",
            null,
            null);

    assertThat(Wording.of(alert).title()).hasSizeLessThanOrEqualTo(250).doesNotContain("\n", "\r");
    assertThat(Wording.of(alert).text()).contains("Ended by: a b").hasLineCount(4);
  }

  @Test
  void cutsNoCharacterInHalf() {
    for (int most = 2; most < 9; most++) {
      String cut = Wording.cut("\uD83C\uDFEA".repeat(5), most);

      assertThat(cut.length()).isLessThanOrEqualTo(most);
      assertThat(cut.replace("\uD83C\uDFEA", "")).isEqualTo("…");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59.9S, 59 s",
    "PT60S, 1 min",
    "PT61S, 1 min 1 s",
    "PT3599S, 59 min 59 s",
    "PT1H, 1 h",
    "PT1H59S, 1 h",
    "PT25H, 1 d 1 h",
    "P400D, 400 d"
  })
  void saysLengthsInTheirTwoLargestUnits(Duration length, String words) {
    assertThat(Wording.words(length)).isEqualTo(words);
  }

  @Test
  void keepsAnAlertAsItIs() {
    for (Alert alert :
        Stream.concat(
                Stream.of(Alert.Kind.values()).map(Alerts::of),
                Stream.of(Alerts.group(30, "ü", 3, "note")))
            .toList()) {
      assertThat(AlertJson.read(AlertJson.write(alert))).isEqualTo(alert);
    }
  }

  @Test
  void readsWhatANewerVersionWroteToo() {
    String newer = AlertJson.write(Alerts.down()).replaceFirst("\\{", "{\"colour\":\"red\",");

    assertThat(AlertJson.read(newer)).isEqualTo(Alerts.down());
  }
}
