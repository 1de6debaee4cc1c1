package dev.storewatch.channel;

import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.Target;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat that takes messages as Slack's incoming webhooks do: Slack, Mattermost, Rocket.Chat,
 * Zulip, and Discord under {@code /slack}.
 *
 * <p>That the answer is 200 does not say that the message was posted: the body does, with the word
 * {@code ok}, or with a field {@code ok} or {@code success} that is true.
 */
final class SlackChannel implements ChannelKind {
  private static final String URL = "url";
  private static final String OK = "ok";

  /** The most characters that Slack shows of a text. */
  private static final int LONGEST_TEXT = 3_000;

  private final HttpReceiver receiver;

  SlackChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.requiredSecret(
            URL,
            "the address of the incoming webhook, which is a secret",
            "https://hooks.slack.com/services/T000/B000/XXXX"));
  }

  /** Slack takes one message a second. */
  @Override
  public int perMinute() {
    return 60;
  }

  @Override
  public void check(ChannelSettings settings) {
    var _ = Target.parse(URL, settings.get(URL));
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    return receiver.send(
        HttpReceiver.json(Target.parse(URL, settings.get(URL)), body(message)),
        message.at(),
        SlackChannel::outcome);
  }

  static String body(Message message) {
    Wording wording = message.wording();
    String facts =
        wording.facts().stream()
            .map(fact -> "\n%s: %s".formatted(fact.label(), escaped(fact.value())))
            .collect(Collectors.joining());
    String link = wording.link() == null ? "" : "\n<%s>".formatted(escaped(wording.link()));
    // What is cut off is the end of the facts, and never the link or half of an escape.
    int room = LONGEST_TEXT - link.length();
    String text = "*%s*%s".formatted(escaped(wording.title()), facts);
    ObjectNode body = AlertJson.MAPPER.createObjectNode();
    body.put("text", cut(text, room) + link);
    return body.toString();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    String begun = text.substring(0, most - 1);
    int escape = begun.lastIndexOf('&');
    boolean isHalf = escape >= 0 && begun.indexOf(';', escape) < 0;
    return (isHalf ? begun.substring(0, escape) : begun) + "…";
  }

  /** Returns a text with what Slack asks to be escaped; stars and the like stay as they are. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Outcome outcome(Answer answer) {
    String body = answer.text().strip();
    if (body.equalsIgnoreCase(OK)) {
      return new Outcome.Delivered("the chat says ok");
    }
    if (body.isEmpty()) {
      return new Outcome.Accepted(
          "the chat answered %d and says nothing".formatted(answer.status()));
    }
    Boolean posted = posted(body);
    if (posted != null && posted) {
      return new Outcome.Delivered("the chat says that it is posted");
    }
    return Outcome.failed(
        "the chat answered %d, but did not post it:%s"
            .formatted(answer.status(), HttpReceiver.quoted(answer)));
  }

  /** Returns what a body of JSON says, or null if it says nothing. */
  private static @Nullable Boolean posted(String body) {
    try {
      JsonNode json = AlertJson.MAPPER.readTree(body);
      JsonNode said = json.path(json.has(OK) ? OK : "success");
      return said.isBoolean() ? said.asBoolean() : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
