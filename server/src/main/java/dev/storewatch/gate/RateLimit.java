package dev.storewatch.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.storewatch.access.AccessSettings;
import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Networks;
import dev.storewatch.access.Secrets;
import dev.storewatch.access.Throttle;
import dev.storewatch.http.ProblemAnswer;
import dev.storewatch.signin.Pages;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that limits how often one key, person or unknown address may ask, so that none of them
 * takes the server from the others.
 */
final class RateLimit extends OncePerRequestFilter {
  private static final int BURST_SECONDS = 5;

  /** Some 30 MB: callers are kept as hashes, so that none takes more than another. */
  private static final int MOST_CALLERS = 100_000;

  private final AccessSettings settings;
  private final ProblemAnswer problems;
  private final boolean strangers;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_CALLERS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  private RateLimit(AccessSettings settings, ProblemAnswer problems, boolean strangers) {
    this.settings = settings;
    this.problems = problems;
    this.strangers = strangers;
  }

  /** Returns the limit for everybody, which stands where it is known who asks. */
  static RateLimit ofCallers(AccessSettings settings, ProblemAnswer problems) {
    return new RateLimit(settings, problems, false);
  }

  /**
   * Returns the limit by address for requests that begin sessions. It stands before the filters by
   * which people sign in, because what these answer by themselves does not reach the other limit.
   */
  static RateLimit ofStrangers(AccessSettings settings, ProblemAnswer problems) {
    return new RateLimit(settings, problems, true);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return strangers && !beginsSession(request);
  }

  private static boolean beginsSession(HttpServletRequest request) {
    String path = request.getRequestURI();
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    boolean signsIn =
        (path.equals(Pages.SIGN_IN) && !reads)
            || path.startsWith("/oauth2/")
            || path.startsWith("/login/");
    boolean strangeCookie =
        !reads && request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    return signsIn || strangeCookie;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    CallerToken caller =
        SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token
            ? token
            : null;
    if (caller != null && caller.isUnlimited()) {
      chain.doFilter(request, response);
      return;
    }
    int rate =
        caller == null ? settings.anonymousRequestsPerSecond() : settings.requestsPerSecond();
    String who = caller == null ? Networks.of(request.getRemoteAddr()) : caller.caller().name();
    ConsumptionProbe probe =
        buckets.get(Secrets.hash(who), hash -> bucket(rate)).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      chain.doFilter(request, response);
    } else {
      refuse(request, response, rate, Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static Bucket bucket(int rate) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity((long) rate * BURST_SECONDS)
                    .refillGreedy(rate, Duration.ofSeconds(1)))
        .build();
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, int rate, Duration wait)
      throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, Throttle.seconds(wait));
    problems.write(
        request,
        response,
        HttpStatus.TOO_MANY_REQUESTS,
        "more than %d requests a second: wait as Retry-After says, or send many polls in one request"
            .formatted(rate));
  }
}
