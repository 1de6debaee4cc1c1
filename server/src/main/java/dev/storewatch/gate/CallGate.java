package dev.storewatch.gate;

import dev.storewatch.access.CallerToken;
import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.signin.Pages;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A gate before the handlers: a request passes if the caller's role allows the call, and what the
 * call changes is written into the audit trail.
 *
 * <p>The gate decides by the pattern of the handler that was found, so no spelling of a path leads
 * to a handler past the rules.
 */
public final class CallGate implements HandlerInterceptor, AutoCloseable {
  private static final String ENTRY = CallGate.class.getName() + ".entry";

  /** The calls that anybody may make. */
  private static final Set<String> PUBLIC =
      Set.of(Pages.SIGN_IN, "/error", "/health", "/actuator/health", "/actuator/health/**");

  private final AuditTrail trail;
  private final Clock clock;
  private final Database database;
  private final FreeDisk disk;
  private final Map<FrequentCall, LongAdder> frequent = new ConcurrentHashMap<>();

  private record FrequentCall(Caller caller, String action) {}

  CallGate(AuditTrail trail, Clock clock, Database database, FreeDisk disk) {
    this.trail = trail;
    this.clock = clock;
    this.database = database;
    this.disk = disk;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpRequestMethodNotSupportedException {
    if (!(handler instanceof HandlerMethod)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      return true;
    }
    String pattern =
        String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    if (PUBLIC.contains(pattern) || request.getMethod().equals("OPTIONS")) {
      return true;
    }
    CallerToken caller = CallerToken.current();
    Call call =
        Calls.find(request.getMethod(), pattern)
            .orElseThrow(() -> Problem.forbidden("this call is open to nobody"));
    if (!caller.grant().role().includes(call.role())) {
      noteRefusal(caller, call, request);
      throw Problem.forbidden(
          "this needs the role %s, and %s has %s: ask an admin for it"
              .formatted(call.role().word(), caller.caller().name(), caller.grant().role().word()));
    }
    if (call.isOfAllStores() && !caller.grant().scope().isEverything()) {
      throw Problem.forbidden(
          "this is about all stores, and you may see some alone: use a key without tags");
    }
    if (call.action() != null) {
      requireIntent(caller, request);
    }
    if (call.adds(request.getMethod()) && !database.isShared()) {
      Problem.requireRoom(disk); // which the database shares
    }
    noteChange(caller, call, request);
    return true;
  }

  /**
   * Refuses changes that nobody may have meant: by HEAD, which asks only what GET would answer; and
   * by GET with a session, which a link on any page sends along.
   */
  private static void requireIntent(CallerToken caller, HttpServletRequest request)
      throws HttpRequestMethodNotSupportedException {
    if (request.getMethod().equals("HEAD")) {
      throw new HttpRequestMethodNotSupportedException("HEAD", List.of("GET"));
    }
    boolean bySession = CallerFilter.keyOf(request) == null && !caller.isUnlimited();
    if (request.getMethod().equals("GET") && bySession) {
      throw Problem.forbidden(
          "a link may have sent this, so a session does not do: ask with POST"
              + " /api/v1/reports, or send a key");
    }
  }

  private void noteRefusal(CallerToken caller, Call call, HttpServletRequest request) {
    if (call.action() != null) {
      trail.write(
          caller.caller(), clock.instant(), call.action(), request.getRequestURI(), "refused");
    }
  }

  private void noteChange(CallerToken caller, Call call, HttpServletRequest request) {
    String action = call.action();
    if (action == null) {
      return;
    }
    if (call.isFrequent()) {
      frequent
          .computeIfAbsent(new FrequentCall(caller.caller(), action), first -> new LongAdder())
          .increment();
      return;
    }
    request.setAttribute(
        ENTRY, trail.begin(caller.caller(), clock.instant(), action, target(request)));
  }

  /** Returns what a change is made to; what is deleted may be said by the query alone. */
  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return query != null && request.getMethod().equals("DELETE")
        ? request.getRequestURI() + "?" + query
        : request.getRequestURI();
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (request.getAttribute(ENTRY) instanceof Long number) {
      request.removeAttribute(ENTRY);
      String status = failure == null ? String.valueOf(response.getStatus()) : "cut off";
      trail.end(number, AuditNote.left(request, response.getHeader(HttpHeaders.LOCATION)), status);
    }
  }

  /** Writes down how often frequent calls were made since the last time. */
  void writeFrequentCalls() {
    for (FrequentCall call : List.copyOf(frequent.keySet())) {
      LongAdder count = frequent.remove(call);
      if (count != null) {
        trail.write(call.caller(), clock.instant(), call.action(), null, count.sum() + " requests");
      }
    }
  }

  @Override
  public void close() {
    writeFrequentCalls();
  }
}
