package dev.storewatch.channel;

import dev.storewatch.outgoing.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A channel of Microsoft Teams, behind a workflow that begins with "When a Teams webhook request is
 * received": an adaptive card.
 *
 * <p>The workflow answers 202 before it posts anything, so a message is accepted at best. A card of
 * more than 28 KB is lost after that, without a word.
 */
final class TeamsChannel implements ChannelKind {
  /** The most bytes of a message. */
  static final int MOST_BYTES = 28 * 1024;

  private static final String URL = "url";

  /** Characters that mean something in the texts of cards. */
  private static final String MARKS = "\\*_[]()~`#>|-+.!";

  private final HttpReceiver receiver;

  TeamsChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.requiredSecret(
            URL,
            "the address of the workflow, which is a secret",
            "https://prod-00.westeurope.logic.azure.com/workflows/…"));
  }

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
        answer ->
            new Outcome.Accepted(
                "the workflow answered %d, which does not say that the card is posted"
                    .formatted(answer.status())));
  }

  /** Returns the card, with fewer stores named where it would be too large. */
  static String body(Message message) {
    Alert alert = message.alert();
    String body = card(Wording.of(alert));
    for (int named = Subject.MOST_NAMED / 2; size(body) > MOST_BYTES && named >= 0; named -= 5) {
      body = card(Wording.of(naming(alert, named)));
    }
    return body;
  }

  private static int size(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Alert naming(Alert alert, int most) {
    return new Alert(
        alert.incident(),
        alert.kind(),
        alert.trouble(),
        alert.subject().naming(most),
        alert.times(),
        alert.endedBy(),
        alert.note(),
        alert.link());
  }

  private static String card(Wording wording) {
    ObjectNode message = AlertJson.MAPPER.createObjectNode().put("type", "message");
    ObjectNode card =
        message
            .putArray("attachments")
            .addObject()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode parts = card.putArray("body");
    parts
        .addObject()
        .put("type", "TextBlock")
        .put("text", escaped(wording.title()))
        .put("weight", "Bolder")
        .put("size", "Medium")
        .put("wrap", true);
    ArrayNode facts = parts.addObject().put("type", "FactSet").putArray("facts");
    wording
        .facts()
        .forEach(
            fact ->
                facts.addObject().put("title", fact.label()).put("value", escaped(fact.value())));
    if (wording.link() != null) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", "Show")
          .put("url", wording.link());
    }
    return message.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            each -> {
              if (MARKS.indexOf(each) >= 0) {
                escaped.append('\\');
              }
              escaped.append((char) each);
            });
    return escaped.toString();
  }
}
