package dev.storewatch.gate;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessGate;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.CallerToken;
import dev.storewatch.access.LocalTicket;
import dev.storewatch.access.Networks;
import dev.storewatch.access.Throttle;
import dev.storewatch.http.ProblemAnswer;
import dev.storewatch.signin.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that finds out who makes a request: by its key, else by the session of somebody who
 * signed in, else by its coming from this machine while nothing is configured.
 */
final class CallerFilter extends OncePerRequestFilter {
  private static final String API_KEY = "X-API-Key";
  private static final String BEARER = "bearer ";

  private final AccessBook book;
  private final AccessGate gate;
  private final LocalTicket ticket;
  private final Sessions sessions;
  private final Throttle throttle;
  private final Refusals refusals;
  private final WrongKeys wrongKeys;
  private final ProblemAnswer problems;

  CallerFilter(
      AccessBook book,
      AccessGate gate,
      LocalTicket ticket,
      Sessions sessions,
      Throttle throttle,
      Refusals refusals,
      WrongKeys wrongKeys,
      ProblemAnswer problems) {
    this.book = book;
    this.gate = gate;
    this.ticket = ticket;
    this.sessions = sessions;
    this.throttle = throttle;
    this.refusals = refusals;
    this.wrongKeys = wrongKeys;
    this.problems = problems;
  }

  /** Returns the key that a request brings, if it brings one. */
  static @Nullable String keyOf(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return request.getHeader(API_KEY);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = keyOf(request);
    if (key == null) {
      SecurityContextHolder.setContext(context(withoutKey(request)));
      chain.doFilter(request, response);
      return;
    }
    Optional<CallerToken> token = byKey(key, request.getRemoteAddr());
    if (token.isEmpty()) {
      refuse(key, request, response);
      return;
    }
    SecurityContextHolder.setContext(context(token.get()));
    chain.doFilter(request, response);
  }

  /** Refuses a wrong key; a right one is never slowed down by wrong ones from the same address. */
  private void refuse(String key, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    refusals.key();
    String network = Networks.of(request.getRemoteAddr());
    Duration wait = throttle.wait(Throttle.KEYS, network);
    throttle.failed(Throttle.KEYS, network);
    // Who is slowed down already is not worth another look into the database.
    wrongKeys.count(request.getRemoteAddr(), wait.isZero() ? book.whyShut(key).orElse(null) : null);
    if (wait.isZero()) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"storewatch\"");
      problems.write(
          request,
          response,
          HttpStatus.UNAUTHORIZED,
          "the key is not valid now: it may be mistyped, revoked or expired; ask an admin"
              + " for a new one");
    } else {
      response.setHeader(HttpHeaders.RETRY_AFTER, Throttle.seconds(wait));
      problems.write(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "too many wrong keys came from this address: try again in %s seconds"
              .formatted(Throttle.seconds(wait)));
    }
  }

  private Optional<CallerToken> byKey(String key, String address) {
    if (ticket.matches(key)) {
      return Optional.of(CallerToken.ofThisMachine("command-line", address));
    }
    return book.open(key)
        .map(
            found ->
                CallerToken.of(
                    "key:" + found.name(),
                    address,
                    found.grant(),
                    () -> book.open(key).map(ApiKey::grant)));
  }

  private @Nullable Authentication withoutKey(HttpServletRequest request)
      throws UnknownHostException {
    Authentication session = SecurityContextHolder.getContext().getAuthentication();
    Optional<CallerToken> person = sessions.caller(session, request);
    if (person.isPresent()) {
      return person.get();
    }
    String address = request.getRemoteAddr();
    return gate.isOpen() && InetAddress.getByName(address).isLoopbackAddress()
        ? CallerToken.ofThisMachine("local", address)
        : null;
  }

  private static SecurityContext context(@Nullable Authentication authentication) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    return context;
  }
}
