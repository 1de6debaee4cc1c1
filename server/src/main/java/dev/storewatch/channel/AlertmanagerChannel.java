package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Request;
import dev.storewatch.outgoing.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Alertmanager of Prometheus, by its API v2.
 *
 * <p>It resolves by itself what comes without an end, and drops without an error what has ended
 * before it came. So what lasts gets an end far away, what is over gets the moment at which it is
 * sent, and what was found late lasts for some minutes from now. Its labels say which alert it is,
 * so they are the same from the beginning to the end; what may change stands in annotations.
 */
final class AlertmanagerChannel implements ChannelKind {
  private static final String URL = "url";
  private static final String AUTHORIZATION = "authorization";
  private static final Duration FAR = Duration.ofDays(30);

  /** Long enough for any usual {@code group_wait}, after which it tells of an alert. */
  private static final Duration SOON = Duration.ofMinutes(5);

  /** What is not the beginning, the going on or the end of one incident. */
  private static final Set<Alert.Kind> KINDS_APART =
      Set.of(Alert.Kind.FOUND_LATE, Alert.Kind.DIGEST, Alert.Kind.REPORT, Alert.Kind.TEST);

  private final HttpReceiver receiver;

  AlertmanagerChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.required(URL, "where it is", "http://alertmanager.example.com:9093"),
        Field.optionalSecret(AUTHORIZATION, "the header Authorization", "Bearer 5b2f8c"));
  }

  @Override
  public int perMinute() {
    return 600;
  }

  @Override
  public boolean keepsIncidents() {
    return true;
  }

  @Override
  public void check(ChannelSettings settings) {
    var _ = address(settings);
  }

  private static URI address(ChannelSettings settings) {
    String base = settings.get(URL).strip().replaceFirst("(/api/v2(/alerts)?)?/*$", "");
    URI whole = Target.parse(URL, base + "/api/v2/alerts");
    if (whole.getQuery() != null) {
      throw new WrongInput(
          "the url of an Alertmanager has a query: use for example"
              + " http://alertmanager.example.com:9093");
    }
    return whole;
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    Request request = HttpReceiver.json(address(settings), body(message));
    String authorization = settings.find(AUTHORIZATION).orElse(null);
    return receiver.send(
        authorization == null ? request : request.with("Authorization", authorization),
        message.at(),
        answer ->
            new Outcome.Accepted(
                "Alertmanager answered %d; it decides whom it tells".formatted(answer.status())));
  }

  static String body(Message message) {
    Alert alert = message.alert();
    Wording wording = message.wording();
    ArrayNode alerts = AlertJson.MAPPER.createArrayNode();
    ObjectNode one = alerts.addObject();
    addLabels(one.putObject("labels"), alert);
    ObjectNode annotations = one.putObject("annotations");
    annotations.put("summary", wording.title());
    annotations.put("description", wording.text());
    annotations.put("delivery_id", message.id());
    one.put("startsAt", start(alert, message.at()).toString());
    one.put("endsAt", end(alert.kind(), message.at()).toString());
    if (wording.link() != null) {
      one.put("generatorURL", wording.link());
    }
    return alerts.toString();
  }

  private static void addLabels(ObjectNode labels, Alert alert) {
    labels.put("alertname", "Storewatch");
    labels.put("trouble", alert.trouble().word());
    labels.put("incident", alert.incident());
    if (alert.subject().group() == null) {
      labels.put("store_id", alert.subject().stores().getFirst().id());
    } else {
      labels.put("group", alert.subject().group());
    }
    if (KINDS_APART.contains(alert.kind())) {
      labels.put("kind", alert.kind().word());
    }
  }

  /** An alert that starts after it ends is refused, as the clocks of two machines may have it. */
  private static Instant start(Alert alert, Instant now) {
    Instant start = alert.times().start().toInstant();
    return start.isBefore(now) ? start : now.minusSeconds(1);
  }

  private static Instant end(Alert.Kind kind, Instant now) {
    return switch (kind) {
      case STARTED, CONTINUES -> now.plus(FAR);
      case ENDED -> now;
      case FOUND_LATE, DIGEST, REPORT, TEST -> now.plus(SOON);
    };
  }
}
