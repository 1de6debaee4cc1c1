package dev.storewatch.access;

import dev.storewatch.system.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Who makes the request, once that is known, and what they may do. */
final class CallerToken extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1;

  private final transient Caller caller;
  private final transient Grant grant;
  private final boolean unlimited;

  private CallerToken(Caller caller, Grant grant, boolean unlimited) {
    super(List.of(new SimpleGrantedAuthority(grant.role().name())));
    this.caller = caller;
    this.grant = grant;
    this.unlimited = unlimited;
    setAuthenticated(true);
  }

  /** Somebody with a key or a session. */
  static CallerToken of(String name, String address, Grant grant) {
    return new CallerToken(new Caller(name, address), grant, false);
  }

  /** A program of whoever owns this machine, which may ask as often as it likes. */
  static CallerToken ofThisMachine(String name, String address) {
    return new CallerToken(new Caller(name, address), Grant.ADMIN, true);
  }

  Caller caller() {
    return caller;
  }

  Grant grant() {
    return grant;
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
