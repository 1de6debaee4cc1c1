package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AlertmanagerChannelTest extends ChannelFixture {
  private JsonNode body(Alert.Kind kind) {
    return JSON.readTree(AlertmanagerChannel.body(Alerts.message(Alerts.of(kind)))).get(0);
  }

  @Test
  void asksUnderThePathOfItsApiHoweverMuchOfItIsGiven() {
    for (String path : List.of("", "/", "/api/v2", "/api/v2/alerts", "/am/")) {
      new AlertmanagerChannel(new HttpReceiver(outgoing))
          .send(Alerts.message(Alerts.down()), open(Map.of("url", receiver.url(path))));
    }

    assertThat(receiver.got())
        .extracting(Receiver.Got::path)
        .containsExactly(
            "/api/v2/alerts",
            "/api/v2/alerts",
            "/api/v2/alerts",
            "/api/v2/alerts",
            "/am/api/v2/alerts");
    assertThat(sentFirst().get("labels").toString())
        .contains("\"store_id\":\"8419537941919820732\"");
  }

  private JsonNode sentFirst() {
    return JSON.readTree(receiver.got().getFirst().body()).get(0);
  }

  /** Without an end it resolves by itself after some minutes, and the store is still down. */
  @Test
  void givesWhatLastsAnEndThatIsFarAway() {
    assertThat(body(Alert.Kind.STARTED).get("endsAt").stringValue())
        .isEqualTo("2026-12-29T19:20:00Z");
    assertThat(body(Alert.Kind.STARTED).get("startsAt").stringValue())
        .isEqualTo("2026-11-29T19:05:00Z");
    assertThat(body(Alert.Kind.CONTINUES).get("endsAt").stringValue())
        .isEqualTo("2026-12-29T19:20:00Z");
  }

  @Test
  void endsWithTheSameLabelsAtTheMomentItIsSent() {
    assertThat(body(Alert.Kind.ENDED).get("endsAt").stringValue())
        .isEqualTo("2026-11-29T19:20:00Z");
    assertThat(body(Alert.Kind.ENDED).get("labels"))
        .isEqualTo(body(Alert.Kind.STARTED).get("labels"));
  }

  /** What has ended before it comes is taken and dropped, without an error. */
  @Test
  void letsWhatWasFoundLateLastForSomeMinutes() {
    assertThat(body(Alert.Kind.FOUND_LATE).get("endsAt").stringValue())
        .isEqualTo("2026-11-29T19:25:00Z");
    assertThat(body(Alert.Kind.FOUND_LATE).get("labels"))
        .isNotEqualTo(body(Alert.Kind.STARTED).get("labels"));
  }
}
