package dev.storewatch.access;

import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/** How people sign in with a provider of OpenID Connect. */
final class OidcSignIn {
  /** The name of the provider in paths. */
  static final String REGISTRATION = "oidc";

  private OidcSignIn() {}

  /**
   * Returns where the provider's own settings come from: they are asked for when the first person
   * signs in, so that this server starts while the provider is down.
   */
  static SupplierClientRegistrationRepository provider(AccessSettings.Oidc settings) {
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
}
