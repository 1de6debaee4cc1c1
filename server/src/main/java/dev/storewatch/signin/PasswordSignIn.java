package dev.storewatch.signin;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Networks;
import dev.storewatch.access.Throttle;
import java.time.Duration;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The sign-in by name and password, which slows down whoever guesses them. */
public final class PasswordSignIn implements AuthenticationProvider {
  private final AccessBook book;
  private final Throttle throttle;

  /** Checks against the people of a book. */
  public PasswordSignIn(AccessBook book, Throttle throttle) {
    this.book = book;
    this.throttle = throttle;
  }

  /** Somebody has to wait before the next attempt. */
  public static final class TooSoon extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final Duration wait;

    TooSoon(Duration wait) {
      super("too many failed attempts");
      this.wait = wait;
    }

    /** Returns how long the next attempt has to wait. */
    public Duration left() {
      return wait;
    }
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String name = given.getName();
    String password = String.valueOf(given.getCredentials());
    String address =
        given.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    String network = Networks.of(address);
    if (name.length() > ApiKey.LONGEST_NAME) {
      refuseLongName(network);
    }
    String pair = name + " " + network;
    boolean isAtHome = book.hasSignedIn(name, network);
    Duration wait = isAtHome ? Duration.ZERO : attemptOfStranger(network, name);
    if (wait.isZero()) {
      wait = throttle.attempt(Throttle.SIGN_IN, pair);
    }
    if (!wait.isZero()) {
      throw new TooSoon(wait);
    }
    String stamp = book.stamp(name, password).orElseThrow(PasswordSignIn::wrong);
    throttle.succeeded(Throttle.SIGN_IN, pair);
    if (!isAtHome) {
      // Only this attempt is taken back: whoever knows one password must not clear the other
      // failures of an address or a name.
      throttle.takeBack(Throttle.ADDRESS, network);
      throttle.takeBack(Throttle.NAME, name);
    }
    book.signedIn(name, network);
    Sessions.SignedIn person = new Sessions.SignedIn(name, stamp);
    return UsernamePasswordAuthenticationToken.authenticated(person, null, List.of());
  }

  /**
   * Refuses a name that nobody can have before it gets anywhere; the address alone is remembered.
   */
  private void refuseLongName(String network) {
    Duration wait = throttle.attempt(Throttle.ADDRESS, network);
    throw wait.isZero() ? wrong() : new TooSoon(wait);
  }

  private static BadCredentialsException wrong() {
    return new BadCredentialsException("the name or the password is wrong");
  }

  /**
   * Counts an attempt of somebody from where the person of that name never signed in before. Where
   * the person did, these counts would have others lock the person out, by guesses from elsewhere
   * or at other names.
   */
  private Duration attemptOfStranger(String network, String name) {
    Duration wait = throttle.attempt(Throttle.ADDRESS, network);
    return wait.isZero() ? throttle.attempt(Throttle.NAME, name) : wait;
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
