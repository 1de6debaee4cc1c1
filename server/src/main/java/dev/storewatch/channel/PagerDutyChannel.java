package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.Target;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service of PagerDuty, by its Events API v2. An incident is one alert there, by its {@code
 * dedup_key}: it is triggered when it begins and resolved when it is over.
 *
 * <p>What was found late is over, so nobody is called for it: it goes into the list of changes.
 */
final class PagerDutyChannel implements ChannelKind {
  private static final String KEY = "routing_key";
  private static final String URL = "url";
  private static final String EVERYBODY = "https://events.pagerduty.com";
  private static final int LONGEST_SUMMARY = 1_024;
  private static final int ROUTING_KEY = 32;

  private final HttpReceiver receiver;

  PagerDutyChannel(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.requiredSecret(
            KEY, "the integration key of the service", "0123456789abcdef0123456789abcdef"),
        Field.optional(
            URL,
            "where the Events API is, unless it is " + EVERYBODY,
            "https://events.eu.pagerduty.com"));
  }

  @Override
  public int perMinute() {
    return 120;
  }

  @Override
  public boolean keepsIncidents() {
    return true;
  }

  @Override
  public void check(ChannelSettings settings) {
    var _ = address(settings, "");
    if (!settings.get(KEY).matches("[0-9A-Za-z]{%d}".formatted(ROUTING_KEY))) {
      throw new WrongInput(
          "the routing_key of PagerDuty has %d letters and digits, for example %s"
              .formatted(ROUTING_KEY, "0123456789abcdef0123456789abcdef"));
    }
  }

  private static URI address(ChannelSettings settings, String path) {
    String base = settings.get(URL, EVERYBODY).replaceFirst("(/v2(/enqueue)?)?/*$", "");
    return Target.parse(URL, base + path);
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    return switch (message.alert().kind()) {
      case STARTED, CONTINUES -> event(message, settings, "trigger");
      case ENDED -> event(message, settings, "resolve");
      case FOUND_LATE, DIGEST, REPORT -> change(message, settings);
      case TEST -> test(message, settings);
    };
  }

  /** Calls whoever is on duty, and takes it back at once. */
  private Outcome test(Message message, ChannelSettings settings) {
    Outcome triggered = event(message, settings, "trigger");
    return triggered instanceof Outcome.Accepted ? event(message, settings, "resolve") : triggered;
  }

  private Outcome event(Message message, ChannelSettings settings, String action) {
    ObjectNode event = AlertJson.MAPPER.createObjectNode();
    event.put(KEY, settings.get(KEY));
    event.put("event_action", action);
    event.put("dedup_key", message.alert().incident());
    addPayload(event, message).put("severity", severity(message.alert()));
    return post(message, address(settings, "/v2/enqueue"), event);
  }

  private Outcome change(Message message, ChannelSettings settings) {
    ObjectNode event = AlertJson.MAPPER.createObjectNode();
    event.put(KEY, settings.get(KEY));
    ObjectNode _ = addPayload(event, message);
    return post(message, address(settings, "/v2/change/enqueue"), event);
  }

  private Outcome post(Message message, URI to, ObjectNode event) {
    return receiver.send(
        HttpReceiver.json(to, event.toString()), message.at(), PagerDutyChannel::accepted);
  }

  private static Outcome accepted(Answer answer) {
    return new Outcome.Accepted("PagerDuty answered %d".formatted(answer.status()));
  }

  private static ObjectNode addPayload(ObjectNode event, Message message) {
    Alert alert = message.alert();
    Wording wording = message.wording();
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", Wording.cut(wording.title(), LONGEST_SUMMARY));
    payload.put("source", source(alert.subject()));
    payload.put("timestamp", alert.times().start().toString());
    ObjectNode details = payload.putObject("custom_details");
    details.put("delivery_id", message.id());
    wording.facts().forEach(fact -> details.put(fact.label(), fact.value()));
    if (wording.link() != null) {
      event.putArray("links").addObject().put("href", wording.link()).put("text", "Storewatch");
    }
    return payload;
  }

  private static String source(Subject subject) {
    return subject.group() == null ? subject.stores().getFirst().id() : subject.group();
  }

  private static String severity(Alert alert) {
    if (alert.kind() == Alert.Kind.TEST) {
      return "info";
    }
    return switch (alert.trouble()) {
      case DOWN, NOT_OPENED -> alert.subject().group() == null ? "error" : "critical";
      case DARK, FLAPPING, LOW_UPTIME, MONITOR -> "warning";
      case NONE -> "info";
    };
  }
}
