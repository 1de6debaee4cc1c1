package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class NtfyChannelTest extends ChannelFixture {
  @Test
  void publishesToTheTopic() {
    Outcome outcome =
        new NtfyChannel(new HttpReceiver(outgoing))
            .send(
                Alerts.message(Alerts.down()),
                new ChannelSettings(
                    Map.of("server", receiver.url(""), "topic", "storewatch-7f3a"),
                    Map.of("token", "tk_1")));

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(receiver.one().header("authorization")).isEqualTo("Bearer tk_1");
    JsonNode body = sent();
    assertThat(body.get("topic").stringValue()).isEqualTo("storewatch-7f3a");
    assertThat(body.get("title").stringValue())
        .startsWith("Main <Street> & 5th (" + Alerts.LONG_ID);
    assertThat(body.get("message").stringValue()).contains("Open time lost: 15 min");
    assertThat(body.get("priority").asInt()).isEqualTo(4);
    assertThat(body.get("click").stringValue()).startsWith("https://storewatch.example.com/");
  }

  /** A longer text becomes a file that nobody opens. */
  @Test
  void cutsATextThatIsTooLong() {
    Alert alert = Alerts.group(20, "\uD83C\uDFEA", 80, "ü".repeat(5_000));

    String body = NtfyChannel.body(Alerts.message(alert), "t");

    String text = JSON.readTree(body).get("message").stringValue();
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
    assertThat(text).contains("Since: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "ü"})
  void refusesATopicThatIsNone(String topic) {
    assertThatThrownBy(
            () -> new NtfyChannel(new HttpReceiver(outgoing)).require(open(Map.of("topic", topic))))
        .hasMessageContaining("for example storewatch-7f3a");
  }
}
