package dev.storewatch.gate;

import dev.storewatch.access.AccessSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * The pages of other origins that may call this server, by {@code storewatch.access.cors-origins}
 * (CORS, in the Fetch standard of WHATWG).
 */
final class OtherOrigins implements CorsConfigurationSource {
  private static final Duration BETWEEN_PREFLIGHTS = Duration.ofHours(1);

  private final List<String> origins;
  private final CorsConfiguration answer = new CorsConfiguration();

  OtherOrigins(AccessSettings settings) {
    origins = settings.corsOrigins();
    answer.setAllowedOrigins(origins);
    answer.setAllowCredentials(settings.corsCredentials());
    answer.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    answer.addAllowedHeader(CorsConfiguration.ALL);
    // What pages read of answers besides their bodies.
    answer.setExposedHeaders(
        List.of(
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            "Idempotency-Replayed",
            "Storewatch-Notices",
            "X-Report-Status"));
    answer.setMaxAge(BETWEEN_PREFLIGHTS);
  }

  /** Returns whether a page of such an origin made a request; no page can say that itself. */
  boolean made(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns what such a page may do; null for all other requests, which the front door has let in
   * or turned away: behind a proxy a page of this server may seem to be of another origin.
   */
  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    return made(request) ? answer : null;
  }
}
