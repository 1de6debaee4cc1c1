package dev.storewatch.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * The people behind sessions: what they may do is looked up at each request, so that a change of it
 * holds at once.
 */
final class Sessions {
  private final AccessBook book;
  private final AccessSettings settings;

  Sessions(AccessBook book, AccessSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  /**
   * Somebody who signed in with a password.
   *
   * @param name the name
   * @param stamp tells whether the password is still the one that was given
   */
  record SignedIn(String name, String stamp) implements Serializable {
    /** Returns the name, which the session is known by. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns who made a request, if its session is that of somebody who may still do anything. */
  Optional<CallerToken> caller(@Nullable Authentication session, HttpServletRequest request) {
    return switch (session) {
      case UsernamePasswordAuthenticationToken password
          when password.getPrincipal() instanceof SignedIn person ->
          user(person)
              .map(
                  user ->
                      CallerToken.of(
                          "user:" + user.name(),
                          request.getRemoteAddr(),
                          user.grant(),
                          () -> user(person).map(User::grant)));
      case OAuth2AuthenticationToken oidc -> {
        HttpSession begun = request.getSession(false);
        yield grantOf(oidc, begun)
            .map(
                grant ->
                    CallerToken.of(
                        "oidc:" + name(oidc.getPrincipal()),
                        request.getRemoteAddr(),
                        grant,
                        () -> grantOf(oidc, begun)));
      }
      case null, default -> Optional.empty();
    };
  }

  /**
   * Returns what somebody may do whom the provider let in. Its word is asked for again after the
   * time of a session, however much the session is used: nobody tells when it changes.
   */
  private Optional<Grant> grantOf(OAuth2AuthenticationToken oidc, @Nullable HttpSession session) {
    return session == null || isOver(session)
        ? Optional.empty()
        : Optional.ofNullable(grant(oidc.getPrincipal()));
  }

  private boolean isOver(HttpSession session) {
    try {
      long age = System.currentTimeMillis() - session.getCreationTime();
      return age > settings.sessionTimeout().toMillis();
    } catch (IllegalStateException e) {
      return true; // signed out
    }
  }

  private Optional<User> user(SignedIn person) {
    return book.user(person.name(), person.stamp());
  }

  /** Returns what the provider's word of a person opens here; null for nothing. */
  @Nullable Grant grant(OAuth2User person) {
    AccessSettings.Oidc oidc = settings.oidc();
    if (oidc == null) {
      return null;
    }
    String tagClaim = oidc.tagClaim();
    return oidc.grant(
        texts(person.getAttribute(oidc.roleClaim())),
        tagClaim == null ? List.of() : texts(person.getAttribute(tagClaim)));
  }

  private static List<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text);
      case List<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  /** Returns a name that people know; what the provider knows a person by says nothing to them. */
  private static String name(OAuth2User person) {
    for (String claim : List.of("email", "preferred_username")) {
      if (person.getAttribute(claim) instanceof String name && !name.isBlank()) {
        return name;
      }
    }
    return person.getName();
  }
}
