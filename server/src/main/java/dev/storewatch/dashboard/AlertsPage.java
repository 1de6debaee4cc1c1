package dev.storewatch.dashboard;

import dev.storewatch.alert.ChannelAnswers;
import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.alert.DeliveryView;
import dev.storewatch.alert.KindView;
import dev.storewatch.audit.AuditNote;
import dev.storewatch.channel.Field;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.incident.Answers;
import dev.storewatch.incident.IncidentBook;
import dev.storewatch.incident.MuteBody;
import dev.storewatch.incident.MuteView;
import dev.storewatch.incident.RouteBody;
import dev.storewatch.incident.RouteView;
import dev.storewatch.input.WrongInput;
import dev.storewatch.signin.HtmlPages;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of alerts: to whom what is told, what is kept quiet, and what became of messages. */
@Hidden
@RestController
class AlertsPage {
  static final String PATH = "/alerts";
  private static final int MOST_DELIVERIES = 50;

  private final ChannelBook channels;
  private final Deliveries deliveries;
  private final IncidentBook incidents;
  private final HtmlPages pages;

  AlertsPage(ChannelBook channels, Deliveries deliveries, IncidentBook incidents, HtmlPages pages) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.incidents = incidents;
    this.pages = pages;
  }

  /**
   * Answers the page.
   *
   * @param kind the kind of channel that is to be entered, whose fields are shown
   * @param state the state of the messages that are shown
   */
  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> alerts(
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String state) {
    List<ChannelView> known = channels.list();
    Map<String, String> names =
        known.stream().collect(Collectors.toMap(ChannelView::id, ChannelView::name));
    List<KindView> kinds = channels.kinds().stream().map(KindView::of).toList();
    String asked = state == null || state.isBlank() ? null : state;
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("channels", known);
    values.put("kinds", kinds);
    values.put("kind", kind == null ? null : kind(kinds, kind));
    values.put("routes", incidents.routes().stream().map(route -> line(route, names)).toList());
    values.put("mutes", incidents.mutes().stream().map(AlertsPage::line).toList());
    values.put("deliveries", deliveries(asked, names));
    values.put("state", asked == null ? "" : asked);
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/alerts.jte", values);
  }

  private static KindView kind(List<KindView> kinds, String word) {
    return kinds.stream()
        .filter(each -> each.kind().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "there is no kind of channel '%s': use one of %s"
                        .formatted(
                            word,
                            kinds.stream().map(KindView::kind).collect(Collectors.joining(", ")))));
  }

  private List<DeliveryLine> deliveries(@Nullable String state, Map<String, String> names) {
    return deliveries
        .list(
            MOST_DELIVERIES,
            Long.MAX_VALUE,
            null,
            state == null ? null : Delivery.State.parse(state),
            null)
        .stream()
        .map(
            delivery -> {
              DeliveryView view = DeliveryView.of(delivery);
              return new DeliveryLine(
                  view.id(),
                  Fleet.inUtc(view.queuedAt()),
                  names.getOrDefault(view.channel(), "a channel that was deleted"),
                  view.title(),
                  view.state(),
                  view.attempts(),
                  view.note() == null ? "" : view.note(),
                  delivery.state().isResendable());
            })
        .toList();
  }

  private static AlertRuleLine line(RouteView route, Map<String, String> names) {
    return new AlertRuleLine(
        route.id(),
        names.getOrDefault(route.channel(), "a channel that was deleted"),
        route.tags().isEmpty() ? "all stores" : "stores with " + String.join(" and ", route.tags()),
        route.troubles().isEmpty()
            ? "everything"
            : String.join(", ", route.troubles()).replace('_', ' '),
        route.after().equals("PT0S")
            ? "at once"
            : "after " + Lengths.of(Duration.parse(route.after()).toNanos() / 1_000),
        route.quietFrom() == null
            ? "never"
            : "%s to %s, %s".formatted(route.quietFrom(), route.quietTo(), route.quietZone()));
  }

  private static MuteLine line(MuteView mute) {
    String about =
        mute.storeId() != null
            ? mute.storeId()
            : mute.tag() == null ? "all stores" : "stores with " + mute.tag();
    return new MuteLine(
        mute.id(),
        about,
        mute.reason(),
        Fleet.inUtc(mute.until()),
        mute.enteredBy() == null ? "somebody" : mute.enteredBy());
  }

  /** Enters a channel; its fields are those of its kind, by their names. */
  @PostMapping(PATH + "/channels")
  ResponseEntity<Void> addChannel(Caller caller, @RequestParam Map<String, String> fields) {
    KindView kind =
        kind(channels.kinds().stream().map(KindView::of).toList(), fields.getOrDefault("kind", ""));
    Map<String, @Nullable String> settings = new LinkedHashMap<>();
    Map<String, @Nullable String> secrets = new LinkedHashMap<>();
    for (Field field : kind.fields()) {
      String value = fields.getOrDefault("field." + field.name(), "").strip();
      if (!value.isEmpty()) {
        (field.secret() ? secrets : settings).put(field.name(), value);
      }
    }
    ChannelView added =
        ChannelAnswers.of(
            () ->
                channels.add(
                    caller.name(),
                    new ChannelBody(
                        fields.getOrDefault("name", "").strip(),
                        kind.kind(),
                        settings,
                        secrets,
                        null)));
    AuditNote.of(added.name()).leave();
    return Forms.show(PATH + "#channels");
  }

  @PostMapping(PATH + "/channels/{id}/test")
  ResponseEntity<Void> test(@PathVariable String id) {
    Delivery _ = ChannelAnswers.of(() -> channels.test(id));
    return Forms.show(PATH + "#deliveries");
  }

  @PostMapping(PATH + "/channels/{id}/resend")
  ResponseEntity<Void> resendAll(@PathVariable String id) {
    int _ = deliveries.resendAll(ChannelAnswers.of(() -> channels.get(id)).id());
    return Forms.show(PATH + "#deliveries");
  }

  @PostMapping(PATH + "/channels/{id}/delete")
  ResponseEntity<Void> deleteChannel(Caller caller, @PathVariable String id) {
    AuditNote.of(ChannelAnswers.of(() -> channels.delete(caller.name(), id))).leave();
    return Forms.show(PATH + "#channels");
  }

  @PostMapping(PATH + "/deliveries/{id}/resend")
  ResponseEntity<Void> resend(@PathVariable String id) {
    if (!deliveries.resend(id)) {
      throw Problem.conflict(
          "only a message that is dead or accepted can be sent again, and only while its channel is"
              + " there");
    }
    return Forms.show(PATH + "#deliveries");
  }

  @PostMapping(PATH + "/routes")
  ResponseEntity<Void> addRoute(
      Caller caller,
      @RequestParam String channel,
      @RequestParam(defaultValue = "") String tags,
      @RequestParam(defaultValue = "") String troubles,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String quietFrom,
      @RequestParam(defaultValue = "") String quietTo,
      @RequestParam(defaultValue = "") String quietZone) {
    RouteView _ =
        Answers.of(
            () ->
                incidents.add(
                    caller.name(),
                    new RouteBody(
                        channel,
                        Forms.words(tags),
                        Forms.words(troubles),
                        Forms.given(after),
                        Forms.given(quietFrom),
                        Forms.given(quietTo),
                        Forms.given(quietZone),
                        null)));
    return Forms.show(PATH + "#routes");
  }

  @PostMapping(PATH + "/routes/{id}/delete")
  ResponseEntity<Void> deleteRoute(@PathVariable String id) {
    return Answers.of(
        () -> {
          incidents.deleteRoute(id);
          return Forms.show(PATH + "#routes");
        });
  }

  @PostMapping(PATH + "/mutes")
  ResponseEntity<Void> mute(
      Caller caller,
      @RequestParam String of,
      @RequestParam(defaultValue = "") String name,
      @RequestParam String lasting,
      @RequestParam(defaultValue = "") String reason) {
    MuteView _ =
        Answers.of(
            () ->
                incidents.mute(
                    caller.name(),
                    new MuteBody(
                        of.equals("store") ? name.strip() : null,
                        of.equals("tag") ? name.strip() : null,
                        of.equals("all") ? true : null,
                        null,
                        lasting,
                        Forms.given(reason))));
    return Forms.show(PATH + "#mutes");
  }

  @PostMapping(PATH + "/mutes/{id}/end")
  ResponseEntity<Void> endMute(@PathVariable String id) {
    MuteView _ = Answers.of(() -> incidents.endMute(id));
    return Forms.show(PATH + "#mutes");
  }
}
