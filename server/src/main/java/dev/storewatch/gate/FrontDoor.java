package dev.storewatch.gate;

import dev.storewatch.access.AccessGate;
import dev.storewatch.http.ProblemAnswer;
import dev.storewatch.signin.Pages;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that turns away what a web page of somebody else could send through a browser on this
 * machine: requests under another name (DNS rebinding), and requests that another site's page
 * makes.
 */
final class FrontDoor extends OncePerRequestFilter {
  /**
   * The pages that a link on another site may lead to, which change nothing when they are opened.
   */
  private static final Set<String> PAGES =
      Set.of(
          "/",
          Pages.SIGN_IN,
          Pages.API,
          "/fleet",
          "/groups",
          "/outages",
          "/incidents",
          "/hours",
          "/quality",
          "/imports",
          "/alerts",
          "/settings");

  /** The page of a store, to which messages of alerts may lead. */
  private static final Pattern STORE = Pattern.compile("/stores/[^/]+");

  private static final String OIDC_CALLBACK = "/login/oauth2/code/";

  /** What proxies add to a request, each kind in its own way; a proxy may also add nothing. */
  private static final List<String> FORWARDED =
      List.of(
          "Forwarded",
          "Via",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Port",
          "X-Forwarded-Server",
          "X-Real-IP",
          "X-Client-IP",
          "True-Client-IP",
          "CF-Connecting-IP");

  /**
   * The files that a link on another site may lead to: the browser keeps them or shows them to who
   * clicked, and that site reads nothing of them.
   */
  private static final Pattern DOWNLOADS =
      Pattern.compile(
          "/api/v1/reports/[^/]+(\\.csv|/rows)"
              + "|/(reports/[^/]+\\.csv|download_report(/[^/]+)?|store/download_report/[^/]+)/?"
              + "|(/api)?/get_report(/[^/]+)?/?");

  private final AccessGate gate;
  private final OtherOrigins others;
  private final ProblemAnswer problems;

  FrontDoor(AccessGate gate, OtherOrigins others, ProblemAnswer problems) {
    this.gate = gate;
    this.others = others;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getRequestURI().indexOf(';') >= 0) {
      problems.write(
          request,
          response,
          HttpStatus.BAD_REQUEST,
          "a path has no parameters here: write a ; that belongs to an id as %3B");
    } else if (!gate.knowsHost(request.getServerName())) {
      problems.write(
          request,
          response,
          HttpStatus.MISDIRECTED_REQUEST,
          "this server does not go by the name %s: use localhost, or set storewatch.access.hosts to the names it has"
              .formatted(request.getServerName()));
    } else if (gate.isOpen() && wasForwarded(request)) {
      problems.write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "a proxy forwards requests here, and access is not configured: " + AccessGate.HOW_TO);
    } else if (isFromAnotherSite(request) && !opensAPage(request) && !others.made(request)) {
      problems.write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "the page of another site made this request: only pages of this server may, and those of"
              + " the origins in storewatch.access.cors-origins");
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Returns whether a proxy forwarded the request. It looks at the request as it was sent, because
   * the wrapper that reads these headers for the server hides them here.
   */
  private static boolean wasForwarded(HttpServletRequest request) {
    ServletRequest sent = request;
    while (sent instanceof ServletRequestWrapper wrapper) {
      sent = wrapper.getRequest();
    }
    return Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE))
        || (sent instanceof HttpServletRequest raw
            && FORWARDED.stream().anyMatch(name -> raw.getHeader(name) != null));
  }

  /**
   * Returns whether a page of another site made the request, by the headers that browsers set and
   * pages cannot change.
   */
  private static boolean isFromAnotherSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !origin.equalsIgnoreCase(ownOrigin(request));
  }

  private static @Nullable String ownOrigin(HttpServletRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    return host == null ? null : request.getScheme() + "://" + host.toLowerCase(Locale.ROOT);
  }

  private static boolean opensAPage(HttpServletRequest request) {
    String path = URI.create(request.getRequestURI()).normalize().getPath();
    return request.getMethod().equals("GET")
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && (PAGES.contains(path)
            || path.startsWith(OIDC_CALLBACK)
            || STORE.matcher(path).matches()
            || DOWNLOADS.matcher(path).matches());
  }
}
