package dev.storewatch.signin;

import dev.storewatch.access.AccessSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** The sign-in with a provider of OpenID Connect. */
public final class OidcSignIn {
  /** The name of the provider in paths. */
  static final String REGISTRATION = "oidc";

  private OidcSignIn() {}

  /**
   * Returns the source of the provider's own settings. They are requested when the first person
   * signs in, so that this server starts while the provider is down.
   */
  public static SupplierClientRegistrationRepository provider(AccessSettings.Oidc settings) {
    return new SupplierClientRegistrationRepository(
        () -> new InMemoryClientRegistrationRepository(Map.of(REGISTRATION, discover(settings))));
  }

  private static ClientRegistration discover(AccessSettings.Oidc settings) {
    return ClientRegistrations.fromIssuerLocation(settings.issuer())
        .registrationId(REGISTRATION)
        .clientId(settings.clientId())
        .clientSecret(settings.clientSecret())
        .clientName(settings.label())
        .scope(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL)
        .build();
  }

  /**
   * A step that makes the session keep only what matters here of what the provider says about a
   * person.
   */
  public static final class Kept implements ObjectPostProcessor<OAuth2LoginAuthenticationFilter> {
    private final Function<OAuth2User, OAuth2User> kept;

    /** Keeps of each person what a function returns. */
    public Kept(Function<OAuth2User, OAuth2User> kept) {
      this.kept = kept;
    }

    @Override
    public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O filter) {
      filter.setAuthenticationResultConverter(this::result);
      return filter;
    }

    private OAuth2AuthenticationToken result(OAuth2LoginAuthenticationToken person) {
      return new OAuth2AuthenticationToken(
          kept.apply(Objects.requireNonNull(person.getPrincipal())), List.of(), REGISTRATION);
    }
  }

  /** A step that sets what is done when nobody can be sent to the provider. */
  public static final class NotSent
      implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {
    private final AuthenticationFailureHandler handler;

    /** Answers such a request with a handler. */
    public NotSent(AuthenticationFailureHandler handler) {
      this.handler = handler;
    }

    @Override
    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
      filter.setAuthenticationFailureHandler(handler);
      return filter;
    }
  }

  /**
   * A store that keeps no tokens of the provider: once it has said who somebody is, nothing more is
   * asked of it.
   */
  public static final class NoTokens implements OAuth2AuthorizedClientRepository {
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface has it so
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String registration, Authentication person, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient tokens,
        Authentication person,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String registration,
        Authentication person,
        HttpServletRequest request,
        HttpServletResponse response) {}
  }
}
