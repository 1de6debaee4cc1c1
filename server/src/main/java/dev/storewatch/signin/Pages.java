package dev.storewatch.signin;

import dev.storewatch.access.AccessGate;
import dev.storewatch.access.AccessSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages for people: the one to sign in, and those that follow. */
@Hidden
@RestController
public class Pages {
  /** The path of the page where people sign in. */
  public static final String SIGN_IN = "/sign-in";

  /** The path by which people sign out. */
  public static final String SIGN_OUT = "/sign-out";

  /** The path of the page about the interface for programs. */
  public static final String API = "/docs";

  /** The page that people see first. */
  private static final URI HOME = URI.create("/fleet");

  /** The attribute of a session that keeps an error message until the page shows it. */
  public static final String MESSAGE = Pages.class.getName() + ".message";

  private final AccessGate gate;
  private final AccessSettings settings;
  private final HtmlPages pages;

  Pages(AccessGate gate, AccessSettings settings, HtmlPages pages) {
    this.gate = gate;
    this.settings = settings;
    this.pages = pages;
  }

  @GetMapping(path = SIGN_IN, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> signIn(HttpServletRequest request, CsrfToken csrf) {
    AccessSettings.Oidc oidc = settings.oidc();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("open", gate.isOpen());
    putToken(values, csrf, !gate.isOpen());
    values.put("provider", oidc == null ? null : oidc.label());
    values.put("message", takeMessage(request));
    return pages.page("sign-in.jte", values);
  }

  private static @Nullable String takeMessage(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return null;
    }
    Object message = session.getAttribute(MESSAGE);
    session.removeAttribute(MESSAGE);
    return message == null ? null : message.toString();
  }

  /**
   * What a program finds at the root.
   *
   * @param links the paths of what it may want next, by what they are
   */
  record Root(String name, @Nullable String version, Map<String, String> links) {
    private static final Root ANSWER =
        new Root(
            "storewatch",
            Pages.class.getPackage().getImplementationVersion(),
            new TreeMap<>(
                Map.of(
                    "docs", API,
                    "openapi", "/openapi.json",
                    "health", "/health",
                    "reports", "/api/v1/reports",
                    "stores", "/api/v1/stores")));
  }

  /** Answers a browser with a page, and everybody else with where to go. */
  @GetMapping("/")
  ResponseEntity<?> root(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)
        ? ResponseEntity.status(HttpStatus.SEE_OTHER).location(HOME).build()
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Root.ANSWER);
  }

  @GetMapping(path = API, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> api(HttpServletRequest request, CsrfToken csrf) {
    // The cookie of another server on this machine counts as a session too.
    boolean needsToken = !gate.isOpen() || request.getRequestedSessionId() != null;
    Map<String, @Nullable Object> values = new HashMap<>();
    putToken(values, csrf, needsToken);
    return pages.page("docs.jte", values);
  }

  /**
   * Puts the token and its names, only where they are needed, because reading them begins a
   * session.
   */
  private static void putToken(
      Map<String, @Nullable Object> values, CsrfToken csrf, boolean isNeeded) {
    values.put("csrfName", isNeeded ? csrf.getParameterName() : "");
    values.put("csrfHeader", isNeeded ? csrf.getHeaderName() : "");
    values.put("csrf", isNeeded ? csrf.getToken() : "");
  }
}
