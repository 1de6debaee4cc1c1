package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Request;
import dev.storewatch.outgoing.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A topic of ntfy, which shows messages on telephones. */
final class NtfyChannel implements ChannelKind {
  private static final String SERVER = "server";
  private static final String TOPIC = "topic";
  private static final String TOKEN = "token";
  private static final String PUBLIC = "https://ntfy.sh";
  private static final Pattern TOPICS = Pattern.compile("[-_A-Za-z0-9]{1,64}");

  /** The most bytes of a text: a longer one becomes a file that nobody opens. */
  static final int MOST_BYTES = 4_096;

  private static final int URGENT = 4;
  private static final int USUAL = 3;
  private static final int QUIET = 2;

  private final HttpReceiver receiver;

  NtfyChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "ntfy";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.required(TOPIC, "the topic", "storewatch-7f3a"),
        Field.optional(SERVER, "the server, unless it is " + PUBLIC, "https://ntfy.example.com"),
        Field.optionalSecret(TOKEN, "the access token", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"));
  }

  /** ntfy.sh takes a message every five seconds from one who sends more than a few. */
  @Override
  public int perMinute() {
    return 12;
  }

  @Override
  public void check(ChannelSettings settings) {
    var _ = Target.parse(SERVER, settings.get(SERVER, PUBLIC));
    if (!TOPICS.matcher(settings.get(TOPIC)).matches()) {
      throw new WrongInput(
          "'%s' is not a topic: use 1 to 64 letters, digits, - and _, for example storewatch-7f3a"
              .formatted(settings.get(TOPIC)));
    }
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    Request request =
        HttpReceiver.json(
            Target.parse(SERVER, settings.get(SERVER, PUBLIC)), body(message, settings.get(TOPIC)));
    String token = settings.find(TOKEN).orElse(null);
    return receiver.send(
        token == null ? request : request.with("Authorization", "Bearer " + token),
        message.at(),
        answer -> new Outcome.Delivered("ntfy answered " + answer.status()));
  }

  static String body(Message message, String topic) {
    Wording wording = message.wording();
    ObjectNode body = AlertJson.MAPPER.createObjectNode();
    body.put(TOPIC, topic);
    body.put("title", wording.title());
    body.put("message", cut(wording.text()));
    body.put("priority", priority(message.alert().kind()));
    if (wording.link() != null) {
      body.put("click", wording.link());
    }
    return body.toString();
  }

  private static int priority(Alert.Kind kind) {
    return switch (kind) {
      case STARTED -> URGENT;
      case CONTINUES, ENDED, DIGEST, TEST -> USUAL;
      case FOUND_LATE, REPORT -> QUIET;
    };
  }

  /** Returns as many whole lines of a text as have room. */
  private static String cut(String text) {
    String left = text;
    while (left.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      int line = left.lastIndexOf('\n');
      left = line < 0 ? Wording.cut(left, left.length() / 2) : left.substring(0, line);
    }
    return left;
  }
}
