package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all channels over HTTP make of a receiver that is slow, wrong, gone, or has enough. */
final class EveryHttpChannelTest extends ChannelFixture {
  private static final String PATH = "/very-secret-path";
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private ChannelSettings settings(String kind) {
    String url = receiver.url(PATH);
    return switch (kind) {
      case "webhook", "alertmanager" -> open(Map.of("url", url));
      case "slack", "teams" -> secret(Map.of("url", url));
      case "pagerduty" -> new ChannelSettings(Map.of("url", url), Map.of("routing_key", KEY));
      case "ntfy" -> open(Map.of("server", url, "topic", "t"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private ChannelKind kind(String name) {
    return new ChannelKinds(outgoing).of(name);
  }

  private Outcome send(String kind) {
    return kind(kind).send(Alerts.message(Alerts.down()), settings(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void waitsAsLongAsTheReceiverAsks(String kind) {
    receiver.answersNext(Receiver.Reply.of(429, "slow down").with("Retry-After", "77"));
    receiver.answersNext(
        Receiver.Reply.of(503, "").with("Retry-After", "Sun, 29 Nov 2026 19:21:00 GMT"));
    receiver.answersNext(Receiver.Reply.of(429, "").with("Retry-After", "soon"));

    assertThat(send(kind))
        .isEqualTo(
            new Outcome.Failed("the receiver answered 429 'slow down'", Duration.ofSeconds(77)));
    assertThat(send(kind))
        .isEqualTo(new Outcome.Failed("the receiver answered 503", Duration.ofMinutes(1)));
    assertThat(send(kind)).isEqualTo(Outcome.failed("the receiver answered 429"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void triesAgainWhatMayBeBetterAnotherTime(String kind) {
    for (int status : List.of(302, 401, 403, 404, 408, 409, 410, 429, 500, 502, 503, 504)) {
      receiver.answersNext(Receiver.Reply.of(status, "no"));

      assertThat(send(kind))
          .as("%d", status)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.reason())
                      .contains("the receiver answered %d 'no'".formatted(status)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void doesNotTryAgainWhatIsWrongByItself(String kind) {
    for (int status : List.of(400, 413, 415, 422)) {
      receiver.answersNext(Receiver.Reply.of(status, "wrong\n\u0007message"));

      assertThat(send(kind))
          .isEqualTo(
              new Outcome.Refused("the receiver answered %d 'wrong  message'".formatted(status)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void saysNothingOfTheAddressWhenTheReceiverIsGone(String kind) {
    receiver.answersNext(Receiver.Reply.hangUp());
    Outcome cut = send(kind);
    ChannelSettings settings = settings(kind);
    receiver.close();
    Outcome gone = kind(kind).send(Alerts.message(Alerts.down()), settings);

    for (Outcome outcome : List.of(cut, gone)) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.reason())
                      .contains("127.0.0.1")
                      .doesNotContain("secret-path", KEY));
    }
  }

  @Test
  void doesNotWaitForEver() {
    receiver.answers(Receiver.Reply.silence());
    WebhookChannel kind = new WebhookChannel(new HttpReceiver(outgoing, Receiver.PATIENCE));

    assertThat(kind.send(Alerts.message(Alerts.down()), settings("webhook")))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("no whole answer in PT0.2S"));
  }

  @Test
  void readsNoMoreThanTheBeginningOfAnAnswer() {
    receiver.answers(Receiver.Reply.of(500, "x".repeat(1 << 20)));

    assertThat(send("webhook"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.reason()).hasSizeLessThan(400));
  }

  /** What an administrator enters must not lead to machines that only this server can reach. */
  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void asksNoPrivateAddressThatIsNotAllowed(String kind) {
    try (Outgoing strict = new Outgoing(OutgoingSettings.standard())) {
      Outcome outcome =
          new ChannelKinds(strict).of(kind).send(Alerts.message(Alerts.down()), settings(kind));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).contains("storewatch.outgoing.allowed"));
    }
    assertThat(receiver.got()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "teams", "pagerduty", "ntfy", "alertmanager"})
  void refusesWhatIsNotAnAddress(String kind) {
    ChannelSettings right = settings(kind);
    for (String wrong :
        List.of("ftp://x/", "http://user:pass@x/", "nowhere", "file:///etc/passwd")) {
      ChannelSettings settings =
          new ChannelSettings(replaced(right.open(), wrong), replaced(right.secrets(), wrong));

      assertThatThrownBy(() -> kind(kind).require(settings))
          .as("%s %s", kind, wrong)
          .isInstanceOf(WrongInput.class)
          .hasMessageContaining("example")
          .hasMessageNotContaining("pass@");
    }
  }

  private static Map<String, String> replaced(Map<String, String> settings, String url) {
    Map<String, String> replaced = new HashMap<>(settings);
    replaced.replaceAll((name, value) -> value.startsWith("http") ? url : value);
    return replaced;
  }

  @Test
  void saysWhatAKindNeedsAndWhatItHas() {
    assertThatThrownBy(() -> kind("ntfy").require(open(Map.of())))
        .hasMessage(
            "a channel of the kind ntfy needs the setting 'topic': the topic, for example"
                + " storewatch-7f3a");
    assertThatThrownBy(() -> kind("ntfy").require(open(Map.of("topic", "t", "colour", "red"))))
        .hasMessage(
            "a channel of the kind ntfy has no setting 'colour': there are 'topic', 'server'");
    assertThatThrownBy(
            () ->
                kind("webhook")
                    .require(open(Map.of("url", "https://example.com", "secret", "whsec_"))))
        .hasMessageContaining("has no setting 'secret'");
    assertThatThrownBy(() -> kind("pigeon"))
        .hasMessage(
            "there is no kind of channel 'pigeon': use webhook, slack, teams, email, pagerduty,"
                + " ntfy, alertmanager");
  }
}
