package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TeamsChannelTest extends ChannelFixture {
  private Outcome send(Alert alert) {
    return new TeamsChannel(new HttpReceiver(outgoing))
        .send(Alerts.message(alert), secret(Map.of("url", receiver.url("/workflows/1?sig=s"))));
  }

  @Test
  void saysThatItIsAcceptedAndNotThatItIsDelivered() {
    receiver.answers(Receiver.Reply.of(202, ""));

    assertThat(send(Alerts.down()))
        .isEqualTo(
            new Outcome.Accepted(
                "the workflow answered 202, which does not say that the card is posted"));
  }

  @Test
  void sendsAnAdaptiveCard() {
    send(Alerts.down());

    JsonNode body = sent();
    assertThat(body.get("type").stringValue()).isEqualTo("message");
    JsonNode attachment = body.at("/attachments/0");
    assertThat(attachment.get("contentType").stringValue())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode card = attachment.get("content");
    assertThat(card.get("type").stringValue()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/0/text").stringValue())
        .isEqualTo("Main <Street\\> & 5th \\(8419537941919820732\\) is down");
    assertThat(card.at("/body/1/facts/0/title").stringValue()).isEqualTo("Since");
    assertThat(card.at("/actions/0/url").stringValue())
        .isEqualTo("https://storewatch.example.com/stores/8419537941919820732");
  }

  /** A larger card is lost without a word, after the workflow has answered 202. */
  @Test
  void neverSendsMoreThanTeamsTakes() {
    Alert alert = Alerts.group(500, "\uD83C\uDFEA*_", 40, "*".repeat(2_000));

    String body = TeamsChannel.body(Alerts.message(alert));

    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(28 * 1024);
    assertThat(body).contains("each of 500 stores");
  }
}
