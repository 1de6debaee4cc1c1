package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlackChannelTest extends ChannelFixture {
  private Outcome send() {
    return new SlackChannel(new HttpReceiver(outgoing))
        .send(
            Alerts.message(Alerts.down()), secret(Map.of("url", receiver.url("/services/T/B/X"))));
  }

  @Test
  void sendsATextThatIsEscaped() {
    assertThat(send()).isEqualTo(new Outcome.Delivered("the chat says ok"));

    assertThat(sent().get("text").stringValue())
        .startsWith("*Main &lt;Street&gt; &amp; 5th (8419537941919820732) is down*\n")
        .contains("Since: 2026-11-29 14:05:00 -05:00")
        .endsWith("\n<https://storewatch.example.com/stores/8419537941919820732>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok", "OK\n", "{\"ok\":true}", "{\"success\":true}"})
  void isDeliveredIfTheChatSaysSo(String body) {
    receiver.answers(Receiver.Reply.of(200, body));

    assertThat(send()).isInstanceOf(Outcome.Delivered.class);
  }

  /** That the status is 200 does not say that anything was posted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "no_text",
        "<html>sign in</html>",
        "{\"ok\":false,\"error\":\"channel_is_archived\"}",
        "{\"success\":false}",
        "{\"posted\":true}",
        "okay"
      })
  void isNotSentIfTheChatDoesNotSaySo(String body) {
    receiver.answers(Receiver.Reply.of(200, body));

    assertThat(send())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("did not post it").contains(body));
  }

  @Test
  void isAcceptedIfTheChatSaysNothing() {
    receiver.answers(Receiver.Reply.of(204, ""));

    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void keepsTheLinkAndNoHalfEscapesInALongText() {
    for (int length : List.of(800, 801, 802, 803, 804, 805)) {
      Alert alert = Alerts.group(60, "&", 80, "&".repeat(length));
      String text =
          JSON.readTree(SlackChannel.body(Alerts.message(alert))).get("text").stringValue();

      assertThat(text).hasSizeLessThanOrEqualTo(3_000);
      assertThat(text.replace("&amp;", "")).doesNotContain("&");
    }
  }
}
