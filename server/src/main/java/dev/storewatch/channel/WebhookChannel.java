package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Request;
import dev.storewatch.outgoing.Target;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that takes messages as JSON, signed as Standard Webhooks says, so that it can tell that
 * they come from here and whether it has got one before.
 */
final class WebhookChannel implements ChannelKind {
  private static final String URL = "url";
  private static final String SECRET = "secret";
  private static final String PREVIOUS = "previous_secret";
  private static final String AUTHORIZATION = "authorization";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final HttpReceiver receiver;

  WebhookChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.required(URL, "where to send to", "https://example.com/storewatch"),
        Field.optionalSecret(
            SECRET,
            "what signs messages: whsec_ and 24 to 64 bytes in base64",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        Field.optionalSecret(
            PREVIOUS,
            "the one before, which signs too until it is taken away",
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
        Field.optionalSecret(AUTHORIZATION, "the header Authorization", "Bearer 5b2f8c"));
  }

  @Override
  public int perMinute() {
    return 600;
  }

  @Override
  public void check(ChannelSettings settings) {
    var _ = Target.parse(URL, settings.get(URL));
    settings.find(SECRET).ifPresent(WebhookChannel::key);
    settings.find(PREVIOUS).ifPresent(WebhookChannel::key);
  }

  /** The secret that a new one takes the place of signs too, until somebody takes it away. */
  @Override
  public Map<String, String> changed(Map<String, String> before, Map<String, String> after) {
    String had = before.get(SECRET);
    String has = after.get(SECRET);
    if (had == null || has == null || had.equals(has)) {
      return after;
    }
    Map<String, String> both = new HashMap<>(after);
    both.put(PREVIOUS, had);
    return both;
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    String body = body(message);
    String seconds = String.valueOf(message.at().getEpochSecond());
    Request request =
        HttpReceiver.json(Target.parse(URL, settings.get(URL)), body)
            .with("webhook-id", message.id())
            .with("webhook-timestamp", seconds);
    List<String> signatures = new ArrayList<>();
    for (String secret : List.of(SECRET, PREVIOUS)) {
      settings
          .find(secret)
          .map(text -> signature(key(text), "%s.%s.%s".formatted(message.id(), seconds, body)))
          .ifPresent(signatures::add);
    }
    if (!signatures.isEmpty()) {
      request = request.with("webhook-signature", String.join(" ", signatures));
    }
    String authorization = settings.find(AUTHORIZATION).orElse(null);
    return receiver.send(
        authorization == null ? request : request.with("Authorization", authorization),
        message.at(),
        answer -> new Outcome.Delivered("the receiver answered " + answer.status()));
  }

  /** Returns the type, the time and the data that Standard Webhooks asks for. */
  static String body(Message message) {
    Wording wording = message.wording();
    Alert alert = message.alert();
    ObjectNode body = AlertJson.MAPPER.createObjectNode();
    body.put(
        "type",
        alert.kind() == Alert.Kind.REPORT
            ? "storewatch.report"
            : "storewatch.%s.%s".formatted(alert.trouble().word(), alert.kind().word()));
    body.put("timestamp", message.at().toString());
    ObjectNode data = body.putObject("data");
    data.put("delivery_id", message.id());
    data.setAll((ObjectNode) AlertJson.MAPPER.valueToTree(alert));
    data.put("title", wording.title());
    data.put("text", wording.text());
    Attachment attachment = message.attachment();
    if (attachment != null) {
      ObjectNode document = data.putObject("document");
      document.put("name", attachment.name());
      document.put("type", attachment.type());
      document.put("base64", Base64.getEncoder().encodeToString(attachment.content()));
    }
    return body.toString();
  }

  private static byte[] key(String secret) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      if (secret.startsWith(PREFIX) && key.length >= SHORTEST && key.length <= LONGEST) {
        return key;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw wrongSecret(e);
    }
    throw wrongSecret(null);
  }

  private static WrongInput wrongSecret(@Nullable Exception cause) {
    return new WrongInput(
        "the secret of a webhook is %s and %d to %d bytes in base64: make one with `echo %s$(openssl rand -base64 32)`"
            .formatted(PREFIX, SHORTEST, LONGEST, PREFIX),
        cause);
  }

  private static String signature(byte[] key, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(code);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
