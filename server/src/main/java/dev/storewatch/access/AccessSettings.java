package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of who may use the server, {@code storewatch.access.*}.
 *
 * @param hosts the names by which clients call the server, besides {@code localhost} and the
 *     address of {@code --host}; without it any name will do once access is configured
 * @param corsOrigins the origins of pages of other servers that may call this one from a browser,
 *     such as {@code https://dashboard.example.com}
 * @param corsCredentials whether those pages may use the session of whoever has signed in here,
 *     besides keys
 * @param requestsPerSecond what one key or person may ask for; five times as many at once
 * @param anonymousRequestsPerSecond the same for an address from which nobody known asks
 * @param sessionTimeout how long somebody stays signed in without doing anything, a minute at least
 * @param oidc the provider by which people sign in, or null
 */
@ConfigurationProperties(prefix = "storewatch.access")
public record AccessSettings(
    @DefaultValue List<String> hosts,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue("false") boolean corsCredentials,
    @DefaultValue("200") int requestsPerSecond,
    @DefaultValue("20") int anonymousRequestsPerSecond,
    @DefaultValue("PT8H") Duration sessionTimeout,
    @Nullable Oidc oidc) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is invalid
   */
  public AccessSettings {
    hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    hosts.forEach(AccessSettings::checkHost);
    corsOrigins = Origins.checked(corsOrigins);
    checkRate("requests-per-second", requestsPerSecond, 200);
    checkRate("anonymous-requests-per-second", anonymousRequestsPerSecond, 20);
    if (sessionTimeout.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new WrongInput(
          "storewatch.access.session-timeout is %s: use at least a minute, for example PT8H"
              .formatted(sessionTimeout));
    }
  }

  /** A pattern or an address with more to it than a name would match no request, or too many. */
  private static void checkHost(String host) {
    if (!Hosts.isName(host)) {
      throw new WrongInput(
          "storewatch.access.hosts has '%s', which is not the name of one host: use names as clients write them, without scheme, port and *, for example storewatch.example.com; leave it out for any name once access is configured"
              .formatted(host));
    }
  }

  private static void checkRate(String name, int rate, int example) {
    if (rate < 1 || rate > 1_000_000) {
      throw new WrongInput(
          "storewatch.access.%s is %d: use a whole number from 1 to 1000000, for example %d"
              .formatted(name, rate, example));
    }
  }

  /**
   * A provider of OpenID Connect.
   *
   * @param issuer the address of the provider, with https; its own settings are read from {@code
   *     /.well-known/openid-configuration} below it when the first person signs in
   * @param clientId what the provider calls this server
   * @param clientSecret the secret that the provider shares with this server, better kept in the
   *     environment: {@code STOREWATCH_ACCESS_OIDC_CLIENTSECRET}
   * @param label what the sign-in page calls the provider: "Sign in with ..."
   * @param roleClaim the claim that names a person's roles, a text or a list of texts
   * @param roles the role for each value of that claim; the highest holds, and who has none does
   *     not get in; {@code storewatch-viewer}, {@code storewatch-operator} and {@code
   *     storewatch-admin} unless it is set
   * @param tagClaim the claim with the tags of the stores that a person may see; once it is set, a
   *     person without any gets in as an admin alone
   */
  public record Oidc(
      @DefaultValue("") String issuer,
      @DefaultValue("") String clientId,
      @DefaultValue("") String clientSecret,
      @DefaultValue("your organisation") String label,
      @DefaultValue("roles") String roleClaim,
      @DefaultValue Map<String, String> roles,
      @Nullable String tagClaim) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is invalid
     */
    public Oidc {
      checkIssuer(issuer);
      required("client-id", clientId, "storewatch");
      required("client-secret", clientSecret, "the secret that the provider shows for this client");
      roles =
          roles.isEmpty()
              ? Map.of(
                  "storewatch-viewer", "viewer",
                  "storewatch-operator", "operator",
                  "storewatch-admin", "admin")
              : Map.copyOf(roles);
      roles.values().forEach(Role::of);
    }

    private static void checkIssuer(String issuer) {
      required("issuer", issuer, "https://sign-in.example.com");
      URI address = URI.create(issuer);
      boolean secure = "https".equals(address.getScheme());
      boolean here = "http".equals(address.getScheme()) && Hosts.isLoopback(address.getHost());
      if (!secure && !here) {
        throw new WrongInput(
            "storewatch.access.oidc.issuer is '%s': use an address with https, for example https://sign-in.example.com"
                .formatted(issuer));
      }
    }

    private static void required(String name, String value, String example) {
      if (value.isBlank()) {
        throw new WrongInput(
            "storewatch.access.oidc.%s is missing: set for example %s".formatted(name, example));
      }
    }

    /** Returns the grant that the values of a person's claims give; null when they give none. */
    public @Nullable Grant grant(List<String> roleValues, List<String> tags) {
      return roleValues.stream()
          .map(roles::get)
          .filter(Objects::nonNull)
          .map(Role::of)
          .max(Comparator.naturalOrder())
          .map(
              role ->
                  role == Role.ADMIN || tagClaim == null
                      ? new Grant(role, Scope.EVERYTHING)
                      : limited(role, tags))
          .orElse(null);
    }

    private static @Nullable Grant limited(Role role, List<String> tags) {
      return tags.isEmpty() ? null : new Grant(role, Scope.of(tags));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Oidc[issuer=%s, clientId=%s]".formatted(issuer, clientId);
    }
  }
}
