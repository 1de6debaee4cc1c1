package dev.storewatch.signin;

import dev.storewatch.access.AccessGate;
import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What fills the templates of pages. */
@Component
public final class HtmlPages {
  /** The type of all pages. */
  public static final String TEXT_HTML = "text/html;charset=UTF-8";

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final AccessGate gate;

  HtmlPages(AccessGate gate) {
    this.gate = gate;
  }

  /**
   * What every page shows of whoever looks at it.
   *
   * @param name who it is
   * @param role the word of the role
   * @param isOperator whether they may bring data and answer alerts, of all stores
   * @param isAdmin whether they may do everything
   * @param open whether access is not configured, so that nobody signs in
   * @param csrfName the name of the hidden field that every form of a session needs
   * @param csrf its value; empty without a session, as programs with a key have none
   */
  public record Viewer(
      String name,
      String role,
      boolean isOperator,
      boolean isAdmin,
      boolean open,
      String csrfName,
      String csrf) {}

  /** Returns what the page of the running request shows of its caller; begins no session. */
  public Viewer viewer(CsrfToken csrf) {
    CallerToken me = CallerToken.current();
    boolean isSession =
        RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes request
            && request.getRequest().getSession(false) != null;
    return new Viewer(
        String.valueOf(me.caller().name()),
        me.grant().role().word(),
        me.grant().role().includes(Role.OPERATOR) && me.grant().scope().isEverything(),
        me.grant().role().includes(Role.ADMIN),
        gate.isOpen(),
        isSession ? csrf.getParameterName() : "",
        isSession ? csrf.getToken() : "");
  }

  /**
   * Fills a template.
   *
   * @param template its name, such as {@code dashboard/fleet.jte}
   * @param values the values of its parameters
   */
  public ResponseEntity<String> page(
      String template, Map<String, ? extends @Nullable Object> values) {
    StringOutput page = new StringOutput();
    templates.render(template, new HashMap<String, @Nullable Object>(values), page);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(Objects.requireNonNull(MediaType.parseMediaType(TEXT_HTML)))
        .body(page.toString());
  }
}
