package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PagerDutyChannelTest extends ChannelFixture {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @BeforeEach
  void accepts() {
    receiver.answers(Receiver.Reply.of(202, "{\"status\":\"success\"}"));
  }

  private ChannelSettings settings(String path) {
    return new ChannelSettings(Map.of("url", receiver.url(path)), Map.of("routing_key", KEY));
  }

  private Outcome send(Alert.Kind kind) {
    return new PagerDutyChannel(new HttpReceiver(outgoing))
        .send(Alerts.message(Alerts.of(kind)), settings(""));
  }

  @Test
  void triggersAndResolvesOneAlertForOneIncident() {
    assertThat(send(Alert.Kind.STARTED)).isEqualTo(new Outcome.Accepted("PagerDuty answered 202"));
    send(Alert.Kind.CONTINUES);
    send(Alert.Kind.ENDED);

    List<JsonNode> events = receiver.got().stream().map(got -> JSON.readTree(got.body())).toList();
    assertThat(events)
        .extracting(event -> event.get("event_action").stringValue())
        .containsExactly("trigger", "trigger", "resolve");
    assertThat(events)
        .extracting(event -> event.get("dedup_key").stringValue())
        .containsOnly("incident-1");
    assertThat(events)
        .extracting(event -> event.get("routing_key").stringValue())
        .containsOnly(KEY);
    JsonNode payload = events.getFirst().get("payload");
    assertThat(payload.get("summary").stringValue()).endsWith("is down");
    assertThat(payload.get("source").stringValue()).isEqualTo(Alerts.LONG_ID);
    assertThat(payload.get("severity").stringValue()).isEqualTo("error");
    assertThat(payload.get("timestamp").stringValue()).isEqualTo("2026-11-29T14:05-05:00");
    assertThat(receiver.got()).extracting(Receiver.Got::path).containsOnly("/v2/enqueue");
  }

  @Test
  void callsNobodyForWhatWasFoundLate() {
    send(Alert.Kind.FOUND_LATE);

    assertThat(receiver.one().path()).isEqualTo("/v2/change/enqueue");
    assertThat(sent().has("event_action")).isFalse();
  }

  @Test
  void takesATestBackAtOnce() {
    send(Alert.Kind.TEST);

    assertThat(receiver.got())
        .extracting(got -> JSON.readTree(got.body()).get("event_action").stringValue())
        .containsExactly("trigger", "resolve");
  }

  @Test
  void doesNotTakeBackATestThatWasNotTaken() {
    receiver.answers(Receiver.Reply.of(400, "{\"status\":\"invalid event\"}"));

    assertThat(send(Alert.Kind.TEST)).isInstanceOf(Outcome.Refused.class);
    assertThat(receiver.got()).hasSize(1);
  }

  @Test
  void readsTheAddressHoweverMuchOfItIsGiven() {
    for (String path : List.of("", "/", "/v2", "/v2/enqueue", "/v2/enqueue/")) {
      new PagerDutyChannel(new HttpReceiver(outgoing))
          .send(Alerts.message(Alerts.down()), settings(path));
    }

    assertThat(receiver.got()).extracting(Receiver.Got::path).containsOnly("/v2/enqueue");
  }

  @Test
  void refusesAKeyThatIsNone() {
    assertThatThrownBy(
            () ->
                new PagerDutyChannel(new HttpReceiver(outgoing))
                    .require(secret(Map.of("routing_key", "abc"))))
        .hasMessageContaining("32 letters and digits")
        .hasMessageNotContaining("abc,");
  }
}
