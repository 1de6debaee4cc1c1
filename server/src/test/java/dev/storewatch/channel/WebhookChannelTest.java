package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class WebhookChannelTest extends ChannelFixture {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private ChannelSettings settings(Map<String, String> secrets) {
    return new ChannelSettings(Map.of("url", receiver.url("/hook?a=1")), secrets);
  }

  private Outcome send(Map<String, String> secrets) {
    return new WebhookChannel(new HttpReceiver(outgoing))
        .send(Alerts.message(Alerts.down()), settings(secrets));
  }

  @Test
  void sendsIdsAsTextsAndWhatPeopleRead() {
    assertThat(send(Map.of())).isEqualTo(new Outcome.Delivered("the receiver answered 200"));

    assertThat(receiver.one().path()).isEqualTo("/hook?a=1");
    assertThat(receiver.one().header("content-type")).startsWith("application/json");
    JsonNode body = sent();
    assertThat(body.get("type").stringValue()).isEqualTo("storewatch.down.started");
    assertThat(body.get("timestamp").stringValue()).isEqualTo("2026-11-29T19:20:00Z");
    JsonNode data = body.get("data");
    JsonNode store = data.at("/subject/stores/0");
    assertThat(store.get("id").isString()).isTrue();
    assertThat(store.get("id").stringValue()).isEqualTo(Alerts.LONG_ID);
    assertThat(store.get("name").stringValue()).isEqualTo("Main <Street> & 5th");
    assertThat(data.get("incident").stringValue()).isEqualTo("incident-1");
    assertThat(data.at("/times/start").stringValue()).isEqualTo("2026-11-29T14:05:00-05:00");
    assertThat(data.at("/times/open_time").stringValue()).isEqualTo("PT15M");
    assertThat(data.get("title").stringValue()).contains("Main <Street> & 5th", "is down");
  }

  @Test
  void signsAsStandardWebhooksSays() throws Exception {
    send(Map.of("secret", SECRET));

    Receiver.Got got = receiver.one();
    assertThat(got.header("webhook-id")).isEqualTo("7b1c2f5e-0000-4000-8000-000000000001");
    assertThat(got.header("webhook-timestamp")).isEqualTo("1795980000");
    assertThat(got.header("webhook-signature")).isEqualTo(signature(got, SECRET));
  }

  /** What a verifier computes. */
  private static String signature(Receiver.Got got, String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    String signed =
        "%s.%s.%s".formatted(got.header("webhook-id"), got.header("webhook-timestamp"), got.body());
    byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(code);
  }

  /** The example of the specification, so that the test does not repeat a mistake of the code. */
  @Test
  void signsTheExampleOfTheSpecification() throws Exception {
    Receiver.Got example =
        new Receiver.Got(
            "/",
            Map.of("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp", "1614265330"),
            "{\"test\": 2432232314}");

    assertThat(signature(example, SECRET))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsWithTheOldSecretTooUntilItIsTakenAway() throws Exception {
    send(Map.of("secret", OTHER, "previous_secret", SECRET));

    Receiver.Got got = receiver.one();
    assertThat(List.of(got.header("webhook-signature").split(" ", -1)))
        .containsExactly(signature(got, OTHER), signature(got, SECRET));
  }

  @Test
  void keepsTheSecretThatIsReplaced() {
    WebhookChannel kind = new WebhookChannel(new HttpReceiver(outgoing));

    assertThat(kind.changed(Map.of("secret", SECRET), Map.of("secret", OTHER)))
        .isEqualTo(Map.of("secret", OTHER, "previous_secret", SECRET));
    assertThat(kind.changed(Map.of("secret", SECRET), Map.of("secret", SECRET)))
        .isEqualTo(Map.of("secret", SECRET));
    assertThat(kind.changed(Map.of(), Map.of("secret", SECRET)))
        .isEqualTo(Map.of("secret", SECRET));
    assertThat(kind.changed(Map.of("secret", SECRET), Map.of())).isEmpty();
  }

  @Test
  void authorizesItself() {
    send(Map.of("authorization", "Bearer abc"));

    assertThat(receiver.one().header("authorization")).isEqualTo("Bearer abc");
    assertThat(receiver.one().headers()).doesNotContainKey("webhook-signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "whsec_", "whsec_abc", "whsec_AAAA", "whsec_*", "MfKQ9r8GKYqrTwj"})
  void refusesASecretThatIsNone(String secret) {
    WebhookChannel kind = new WebhookChannel(new HttpReceiver(outgoing));

    assertThatThrownBy(() -> kind.require(settings(Map.of("secret", secret))))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void staysSmallHoweverManyStoresThereAre() {
    String body =
        WebhookChannel.body(Alerts.message(Alerts.group(10_000, "ü", 300, "n".repeat(5_000))));

    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(64 * 1024);
    assertThat(JSON.readTree(body).at("/data/subject/count").asInt()).isEqualTo(10_000);
    assertThat(JSON.readTree(body).at("/data/subject/stores").size()).isEqualTo(20);
  }
}
