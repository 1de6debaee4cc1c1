package dev.storewatch.access;

import java.time.Duration;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Checks names and passwords, and slows down who guesses them. */
final class PasswordSignIn implements AuthenticationProvider {
  private final AccessBook book;
  private final Throttle throttle;

  PasswordSignIn(AccessBook book, Throttle throttle) {
    this.book = book;
    this.throttle = throttle;
  }

  /** Says that somebody has to wait before the next attempt. */
  static final class TooSoon extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final Duration wait;

    TooSoon(Duration wait) {
      super("too many failed attempts");
      this.wait = wait;
    }

    Duration left() {
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
    String pair = name + " " + address;
    Duration wait = longest(pair, address, name);
    if (!wait.isZero()) {
      throw new TooSoon(wait);
    }
    if (!book.isPassword(name, password)) {
      throttle.failed(Throttle.SIGN_IN, pair);
      throttle.failed(Throttle.ADDRESS, address);
      throttle.failed(Throttle.NAME, name);
      throw new BadCredentialsException("the name or the password is wrong");
    }
    throttle.succeeded(Throttle.SIGN_IN, pair);
    book.signedIn(name);
    Sessions.SignedIn person = new Sessions.SignedIn(name, book.passwordStamp(name).orElseThrow());
    return UsernamePasswordAuthenticationToken.authenticated(person, null, List.of());
  }

  private Duration longest(String pair, String address, String name) {
    Duration first = throttle.wait(Throttle.SIGN_IN, pair);
    Duration second = throttle.wait(Throttle.ADDRESS, address);
    Duration third = throttle.wait(Throttle.NAME, name);
    Duration longer = first.compareTo(second) > 0 ? first : second;
    return longer.compareTo(third) > 0 ? longer : third;
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
