package dev.storewatch.access;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.StoreRights;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** The token of a request once it is known who makes it, and what they may do. */
public final class CallerToken extends AbstractAuthenticationToken {
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
   * Returns the token of somebody with a key or a session.
   *
   * @param grantNow what they may do later, as long as the request lasts; empty for nothing
   */
  public static CallerToken of(
      String name, String address, Grant grant, Supplier<Optional<Grant>> grantNow) {
    return new CallerToken(new Caller(name, address), grant, grantNow, false);
  }

  /**
   * Returns the token of a program of whoever owns this machine, which may ask as often as it
   * likes.
   */
  public static CallerToken ofThisMachine(String name, String address) {
    return new CallerToken(
        new Caller(name, address), Grant.ADMIN, () -> Optional.of(Grant.ADMIN), true);
  }

  /**
   * Returns who makes the request of this thread; the filters have turned away whoever is unknown.
   */
  public static CallerToken current() {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token) {
      return token;
    }
    throw Problem.forbidden("nobody is known to make this request");
  }

  /** Returns who makes the request, as the audit trail names them. */
  public Caller caller() {
    return caller;
  }

  /** Returns what the caller was allowed when the request began. */
  public Grant grant() {
    return grant;
  }

  /**
   * Returns the scope of the caller, looked up again each time; there is none once the role is a
   * lesser one.
   */
  public ScopeNow scopeNow() {
    return () ->
        grantNow.get().filter(now -> now.role().compareTo(grant.role()) >= 0).map(Grant::scope);
  }

  /**
   * Returns whether the caller may describe stores, looked up again each time: tags say who sees a
   * store, so only an admin gives them.
   */
  public StoreRights storeRights() {
    return () -> grantNow.get().filter(now -> now.role() == Role.ADMIN).isPresent();
  }

  /** Returns whether the caller may still do exactly what was found when the request began. */
  public boolean isAsItWas() {
    return grantNow.get().filter(grant::equals).isPresent();
  }

  /** Returns whether the number of requests is not limited. */
  public boolean isUnlimited() {
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
