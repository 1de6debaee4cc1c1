package dev.storewatch.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * A firewall that lets through what ids may hold: a store's id is any text, and slashes too are let
 * through where such an id stands.
 *
 * <p>A path is cut into segments before it is decoded, and {@link CallGate} decides by the handler
 * that was found, so none of these characters leads from one call to another.
 */
final class IdFirewall implements HttpFirewall {
  /** The beginnings of the paths, as they are sent, that have the id of a store in them. */
  private static final List<String> BEFORE_STORE_IDS =
      List.of("/api/v1/stores/", "/store/", "/stores/");

  private final HttpFirewall withoutSlashes = anyCharacter();
  private final HttpFirewall withSlashes = anyCharacterAndSlashes();

  private static StrictHttpFirewall anyCharacter() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowSemicolon(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    return firewall;
  }

  private static StrictHttpFirewall anyCharacterAndSlashes() {
    StrictHttpFirewall firewall = anyCharacter();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowBackSlash(true);
    return firewall;
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    boolean mayHoldSlashes =
        BEFORE_STORE_IDS.stream().anyMatch(request.getRequestURI()::startsWith);
    return (mayHoldSlashes ? withSlashes : withoutSlashes).getFirewalledRequest(request);
  }

  @Override
  public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
    return withoutSlashes.getFirewalledResponse(response);
  }
}
