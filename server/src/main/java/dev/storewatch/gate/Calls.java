package dev.storewatch.gate;

import static dev.storewatch.access.Role.ADMIN;
import static dev.storewatch.access.Role.OPERATOR;
import static dev.storewatch.access.Role.VIEWER;
import static dev.storewatch.gate.Call.changes;
import static dev.storewatch.gate.Call.changesAllStores;
import static dev.storewatch.gate.Call.changesOften;
import static dev.storewatch.gate.Call.reads;
import static dev.storewatch.gate.Call.readsAllStores;

import dev.storewatch.signin.Pages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All calls, and who may make each of them, in one place. A call that is not listed is open to
 * nobody, so that a new call is opened on purpose.
 */
final class Calls {
  private static final String REPORT = "report.ask";
  private static final String SCHEDULE = "report-schedule.enter";
  private static final String NO_SCHEDULE = "report-schedule.delete";
  private static final String SCHEDULE_NOW = "report-schedule.run";
  private static final String METRICS = "/actuator/prometheus";

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  private static final Map<String, Call> ALL = new HashMap<>();

  static {
    put("GET /api/v1/reports", reads(VIEWER));
    put("POST /api/v1/reports", changes(OPERATOR, REPORT));
    put("GET /api/v1/reports/{id}", reads(VIEWER));
    put("DELETE /api/v1/reports/{id}", changes(OPERATOR, "report.delete"));
    put("GET /api/v1/reports/{id}/rows", reads(VIEWER));
    put("GET /api/v1/reports/{id}/events", reads(VIEWER));
    put("GET /api/v1/reports/{id}.csv", reads(VIEWER));
    put("GET /api/v1/reports/{id}.json", reads(VIEWER));
    put("GET /api/v1/reports/{id}/comparison", reads(VIEWER));
    put("GET /api/v1/summary.pdf", reads(VIEWER));
    put("GET /api/v1/report-schedules", readsAllStores(OPERATOR));
    put("POST /api/v1/report-schedules", changesAllStores(ADMIN, SCHEDULE));
    put("GET /api/v1/report-schedules/{id}", readsAllStores(OPERATOR));
    put("DELETE /api/v1/report-schedules/{id}", changesAllStores(ADMIN, NO_SCHEDULE));
    put("POST /api/v1/report-schedules/{id}/run", changesAllStores(OPERATOR, SCHEDULE_NOW));
    put("GET /api/v1/revisions", readsAllStores(OPERATOR));

    put("GET /api/v1/stores", reads(VIEWER));
    put("POST /api/v1/stores", changes(ADMIN, "store.create"));
    put("GET /api/v1/stores/{id}", reads(VIEWER));
    put("PUT /api/v1/stores/{id}", changes(ADMIN, "store.replace"));
    put("PATCH /api/v1/stores/{id}", changes(ADMIN, "store.change"));
    put("DELETE /api/v1/stores/{id}", changes(ADMIN, "store.delete"));
    put("GET /api/v1/stores/{id}/uptime", reads(VIEWER));
    put("GET /api/v1/stores/{id}/timeline", reads(VIEWER));
    put("GET /api/v1/uptime", reads(VIEWER));
    put("DELETE /api/v1/stores/{id}/polls", changes(OPERATOR, "poll.delete"));

    put("GET /api/v1/closures", reads(VIEWER));
    put("POST /api/v1/closures", changes(OPERATOR, "closure.enter"));
    put("GET /api/v1/closures/{id}", reads(VIEWER));
    put("PATCH /api/v1/closures/{id}", changes(OPERATOR, "closure.change"));
    put("DELETE /api/v1/closures/{id}", changes(OPERATOR, "closure.delete"));

    put("GET /api/v1/special-days", reads(VIEWER));
    put("POST /api/v1/special-days", changes(OPERATOR, "special-day.enter"));
    put("GET /api/v1/special-days/{id}", reads(VIEWER));
    put("PATCH /api/v1/special-days/{id}", changes(OPERATOR, "special-day.change"));
    put("DELETE /api/v1/special-days/{id}", changes(OPERATOR, "special-day.delete"));
    put("GET /api/v1/stores/{id}/hours", reads(VIEWER));
    put("PUT /api/v1/stores/{id}/hours/{date}", changes(ADMIN, "hours.change"));
    put("DELETE /api/v1/stores/{id}/hours/{date}", changes(ADMIN, "hours.delete"));
    put("GET /api/v1/stores/{id}/calendar", reads(VIEWER));

    put("GET /api/v1/channel-kinds", reads(OPERATOR));
    put("GET /api/v1/channels", readsAllStores(OPERATOR));
    put("POST /api/v1/channels", changes(ADMIN, "channel.create"));
    put("GET /api/v1/channels/{id}", readsAllStores(OPERATOR));
    put("PATCH /api/v1/channels/{id}", changes(ADMIN, "channel.change"));
    put("DELETE /api/v1/channels/{id}", changes(ADMIN, "channel.delete"));
    put("POST /api/v1/channels/{id}/test", changesAllStores(OPERATOR, "channel.test"));
    put("POST /api/v1/channels/{id}/resend", changesAllStores(OPERATOR, "channel.resend"));
    put("GET /api/v1/deliveries", readsAllStores(OPERATOR));
    put("GET /api/v1/deliveries/{id}", readsAllStores(OPERATOR));
    put("POST /api/v1/deliveries/{id}/resend", changesAllStores(OPERATOR, "delivery.resend"));

    put("GET /api/v1/quality", reads(VIEWER));
    put("GET /api/v1/quality/polls", reads(VIEWER));

    put("GET /api/v1/outages", reads(VIEWER));
    put("GET /api/v1/outages.csv", reads(VIEWER));
    put("GET /api/v1/outages.ics", reads(VIEWER));
    put("GET /api/v1/outages/summary", reads(VIEWER));
    put("GET /api/v1/outages/{id}", reads(VIEWER));
    put("GET /api/v1/stores/{id}/history", reads(VIEWER));
    put("GET /api/v1/stores/{id}/hours-of-week", reads(VIEWER));
    put("GET /api/v1/groups", reads(VIEWER));
    put("GET /api/v1/groups/history", reads(VIEWER));
    put("GET /api/v1/groups/hours-of-week", reads(VIEWER));
    put("GET /api/v1/incidents", reads(VIEWER));
    put("GET /api/v1/incidents/{id}", reads(VIEWER));
    put("POST /api/v1/incidents/{id}/acknowledge", changes(OPERATOR, "incident.acknowledge"));
    put("GET /api/v1/routes", readsAllStores(OPERATOR));
    put("POST /api/v1/routes", changesAllStores(ADMIN, "route.enter"));
    put("DELETE /api/v1/routes/{id}", changesAllStores(ADMIN, "route.delete"));
    put("GET /api/v1/mutes", readsAllStores(OPERATOR));
    put("POST /api/v1/mutes", changesAllStores(OPERATOR, "mute.enter"));
    put("POST /api/v1/mutes/{id}/end", changesAllStores(OPERATOR, "mute.end"));

    put("POST /api/v1/polls", changesOften(OPERATOR, "poll.push"));

    put("GET /api/v1/imports", reads(OPERATOR));
    put("POST /api/v1/imports", changes(OPERATOR, "import.upload"));
    put("GET /api/v1/imports/{id}", reads(OPERATOR));
    put("DELETE /api/v1/imports/{id}", changes(OPERATOR, "import.undo"));
    put("GET /api/v1/imports/{id}/rejects", reads(OPERATOR));

    put("GET /api/v1/probes", reads(VIEWER));
    put("GET /api/v1/stores/{id}/probe", reads(VIEWER));
    put("PUT /api/v1/stores/{id}/probe", changes(ADMIN, "probe.enter"));
    put("DELETE /api/v1/stores/{id}/probe", changes(ADMIN, "probe.delete"));

    put("GET /api/v1/sources", reads(OPERATOR));
    put("POST /api/v1/sources", changes(ADMIN, "source.enter"));
    put("GET /api/v1/sources/{id}", reads(OPERATOR));
    put("PATCH /api/v1/sources/{id}", changes(ADMIN, "source.change"));
    put("DELETE /api/v1/sources/{id}", changes(ADMIN, "source.delete"));
    put("POST /api/v1/sources/{id}/pull", changes(OPERATOR, "source.pull"));
    put("GET /api/v1/kafka", readsAllStores(OPERATOR));

    put("GET /api/v1/keys", reads(ADMIN));
    put("POST /api/v1/keys", changes(ADMIN, "key.create"));
    put("DELETE /api/v1/keys/{id}", changes(ADMIN, "key.revoke"));
    put("GET /api/v1/users", reads(ADMIN));
    put("POST /api/v1/users", changes(ADMIN, "user.create"));
    put("PUT /api/v1/users/{name}", changes(ADMIN, "user.change"));
    put("DELETE /api/v1/users/{name}", changes(ADMIN, "user.remove"));
    put("GET /api/v1/audit", reads(ADMIN));
    put("GET /api/v1/me", reads(VIEWER));
    put("PUT /api/v1/me/password", changes(VIEWER, "user.password"));

    // Dialect A
    put("POST /api/trigger_report", changes(OPERATOR, REPORT));
    put("GET /api/get_report/{id}", reads(VIEWER));
    put("GET /api/get_report", reads(VIEWER));
    // Dialects B, D and E
    put("POST /trigger_report", changes(OPERATOR, REPORT));
    put("GET /trigger_report", changes(OPERATOR, REPORT));
    put("GET /get_report", reads(VIEWER));
    put("POST /get_report", reads(VIEWER));
    put("GET /get_report/{id}", reads(VIEWER));
    put("GET /reports/{id}.csv", reads(VIEWER));
    put("GET /download_report/{id}", reads(VIEWER));
    put("GET /download_report", reads(VIEWER));
    // Dialect C
    put("GET /store", reads(VIEWER));
    put("POST /store", changes(ADMIN, "store.create"));
    put("GET /store/{id}/trigger_report", changes(OPERATOR, REPORT));
    put("POST /store/get_report", reads(VIEWER));
    put("GET /store/download_report/{number}", reads(VIEWER));

    put("GET /", reads(VIEWER));
    put("GET /fleet", reads(VIEWER));
    put("GET /fleet/events", reads(VIEWER));
    put("GET /stores/{id}", reads(VIEWER));
    put("POST /stores/{id}", changes(ADMIN, "store.change"));
    put("GET /stores/{id}/other-numbers", reads(VIEWER));
    put("GET /groups", reads(VIEWER));
    put("GET /outages", reads(VIEWER));
    put("GET /incidents", reads(VIEWER));
    put("POST /incidents/{id}/acknowledge", changes(OPERATOR, "incident.acknowledge"));
    put("GET /quality", reads(VIEWER));
    put("GET /hours", reads(VIEWER));
    put("POST /hours", changes(OPERATOR, "hours.enter"));
    put("POST /hours/closures/{id}/delete", changes(OPERATOR, "closure.delete"));
    put("POST /hours/days/{id}/delete", changes(OPERATOR, "special-day.delete"));
    put("GET /alerts", readsAllStores(OPERATOR));
    put("POST /alerts/channels", changes(ADMIN, "channel.create"));
    put("POST /alerts/channels/{id}/test", changesAllStores(OPERATOR, "channel.test"));
    put("POST /alerts/channels/{id}/resend", changesAllStores(OPERATOR, "channel.resend"));
    put("POST /alerts/channels/{id}/delete", changes(ADMIN, "channel.delete"));
    put("POST /alerts/deliveries/{id}/resend", changesAllStores(OPERATOR, "delivery.resend"));
    put("POST /alerts/routes", changesAllStores(ADMIN, "route.enter"));
    put("POST /alerts/routes/{id}/delete", changesAllStores(ADMIN, "route.delete"));
    put("POST /alerts/mutes", changesAllStores(OPERATOR, "mute.enter"));
    put("POST /alerts/mutes/{id}/end", changesAllStores(OPERATOR, "mute.end"));
    put("GET /imports", reads(OPERATOR));
    put("GET /imports/{id}", reads(OPERATOR));
    put("GET /imports/{id}/rejects.csv", reads(OPERATOR));
    put("POST /imports/made-up", changes(OPERATOR, "import.make-up"));
    put("POST /imports/{id}/undo", changes(OPERATOR, "import.undo"));
    put("GET /settings", reads(ADMIN));
    put("POST /settings/keys", changes(ADMIN, "key.create"));
    put("POST /settings/keys/{id}/revoke", changes(ADMIN, "key.revoke"));
    put("POST /settings/people", changes(ADMIN, "user.create"));
    put("POST /settings/people/{name}/remove", changes(ADMIN, "user.remove"));
    put("GET /reports", reads(VIEWER));
    put("POST /reports", changes(OPERATOR, REPORT));
    put("GET /reports/schedules", readsAllStores(OPERATOR));
    put("POST /reports/schedules", changesAllStores(ADMIN, SCHEDULE));
    put("POST /reports/schedules/{id}/delete", changesAllStores(ADMIN, NO_SCHEDULE));
    put("POST /reports/schedules/{id}/run", changesAllStores(OPERATOR, SCHEDULE_NOW));
    put("GET /reports/{id}", reads(VIEWER));
    put("POST /reports/{id}/delete", changes(OPERATOR, "report.delete"));
    put("GET /reports/{id}/comparison", reads(VIEWER));
    put("GET " + Pages.API, reads(VIEWER));
    put("GET /openapi.json", reads(VIEWER));
    put("GET /actuator/info", reads(VIEWER));
    put("GET " + METRICS, readsAllStores(VIEWER));
  }

  private Calls() {}

  private static void put(String methodAndPattern, Call call) {
    if (ALL.put(normal(methodAndPattern), call) != null) {
      throw new IllegalStateException(methodAndPattern + " is listed twice");
    }
  }

  /**
   * Returns a call without what does not tell it from others: names of variables, and a slash at
   * the end.
   */
  private static String normal(String methodAndPattern) {
    String named = VARIABLE.matcher(methodAndPattern).replaceAll("{}");
    boolean isRoot = named.endsWith(" /");
    return named.endsWith("/") && !isRoot ? named.substring(0, named.length() - 1) : named;
  }

  /** Returns the call that a method and the pattern of a handler's path stand for. */
  static Optional<Call> find(String method, String pattern) {
    String read = method.equals("HEAD") ? "GET" : method;
    return Optional.ofNullable(ALL.get(normal(read + " " + pattern)));
  }

  /** Returns every call, as its method and its pattern without names. */
  static Set<String> all() {
    return ALL.keySet();
  }
}
