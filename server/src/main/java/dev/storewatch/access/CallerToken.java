package dev.storewatch.access;

import dev.storewatch.http.Caller;
import dev.storewatch.store.ScopeNow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Who makes the request, once that is known, and what they may do. */
final class CallerToken extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1;

  private final transient Caller caller;
  private final transient Grant grant;
  private final transient Supplier<Optional<Grant>> grantNow;
  private final boolean unlimited;

  private CallerToken(
      Caller caller, Grant grant, Supplier<Optional<Grant>> grantNow, boolean unlimited) {
    super(List.of(new SimpleGrantedAuthority(grant.role().name())));
    this.caller = caller;
    this.grant = grant;
    this.grantNow = grantNow;
    this.unlimited = unlimited;
    setAuthenticated(true);
  }

  /**
   * Somebody with a key or a session.
   *
   * @param grantNow what they may do later, as long as the request lasts; empty for nothing
   */
  static CallerToken of(
      String name, String address, Grant grant, Supplier<Optional<Grant>> grantNow) {
    return new CallerToken(new Caller(name, address), grant, grantNow, false);
  }

  /** A program of whoever owns this machine, which may ask as often as it likes. */
  static CallerToken ofThisMachine(String name, String address) {
    return new CallerToken(
        new Caller(name, address), Grant.ADMIN, () -> Optional.of(Grant.ADMIN), true);
  }

  Caller caller() {
    return caller;
  }

  Grant grant() {
    return grant;
  }

  /** Returns which stores the caller may see whenever it is asked; none with a lesser role. */
  ScopeNow scopeNow() {
    return () ->
        grantNow.get().filter(now -> now.role().compareTo(grant.role()) >= 0).map(Grant::scope);
  }

  /** Returns whether the caller may still do exactly what was found when the request began. */
  boolean isAsItWas() {
    return grantNow.get().filter(grant::equals).isPresent();
  }

  /** Returns whether requests are not counted. */
  boolean isUnlimited() {
    return unlimited;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return caller.name();
  }
}
