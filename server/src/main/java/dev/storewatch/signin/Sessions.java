package dev.storewatch.signin;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessSettings;
import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Grant;
import dev.storewatch.access.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * The people behind sessions: what they may do is looked up at each request, so that a change of it
 * holds at once.
 */
public final class Sessions {
  private final AccessBook book;
  private final AccessSettings settings;
  private final Clock clock;
  private final Predicate<HttpSession> isThere;

  /**
   * The sessions of the people in a book.
   *
   * @param clock the one by which sessions are dated
   * @param isThere whether a session that was there when a request began still is
   */
  Sessions(AccessBook book, AccessSettings settings, Clock clock, Predicate<HttpSession> isThere) {
    this.book = book;
    this.settings = settings;
    this.clock = clock;
    this.isThere = isThere;
  }

  /** Returns whether a session that is kept by this process alone has not ended. */
  static boolean isThereInMemory(HttpSession session) {
    try {
      return session.getCreationTime() >= 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Somebody who signed in; all that a session keeps of them. */
  sealed interface Person extends Serializable {
    /** Returns the name by which the audit trail knows them. */
    String callerName();
  }

  /**
   * Somebody who signed in with a password.
   *
   * @param name the name
   * @param stamp tells whether the password is still the one that was given
   */
  record SignedIn(String name, String stamp) implements Person {
    @Override
    public String callerName() {
      return "user:" + name;
    }

    /** Returns the name, by which the session is known. */
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Somebody whom the provider let in, with the part of its answer that matters here. Its tokens
   * are not kept, because they would open something there.
   *
   * @param name a name that people know
   * @param roles what it calls their roles
   * @param tags the tags of the stores that they may see
   */
  record LetIn(String name, List<String> roles, List<String> tags) implements Person, OAuth2User {
    /** Copies the lists. */
    LetIn {
      roles = List.copyOf(roles);
      tags = List.copyOf(tags);
    }

    @Override
    public String callerName() {
      return "oidc:" + name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Map<String, Object> getAttributes() {
      return Map.of();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
      return List.of();
    }
  }

  /** Returns who made a request, if its session is that of somebody who may still do anything. */
  public Optional<CallerToken> caller(
      @Nullable Authentication session, HttpServletRequest request) {
    if (session == null || !(session.getPrincipal() instanceof Person person)) {
      return Optional.empty();
    }
    HttpSession begun = request.getSession(false);
    return begun == null
        ? Optional.empty()
        : grant(person, begun)
            .map(
                grant ->
                    CallerToken.of(
                        person.callerName(),
                        request.getRemoteAddr(),
                        grant,
                        () -> isThere.test(begun) ? grant(person, begun) : Optional.empty()));
  }

  private Optional<Grant> grant(Person person, HttpSession begun) {
    return switch (person) {
      case SignedIn user -> book.user(user.name(), user.stamp()).map(User::grant);
      case LetIn guest ->
          isOver(begun) ? Optional.empty() : Optional.ofNullable(grantOfProvider(guest));
    };
  }

  /**
   * Returns whether the provider must be asked again, however much the session is used: the
   * provider does not tell when something changes.
   */
  private boolean isOver(HttpSession session) {
    try {
      long age = clock.millis() - session.getCreationTime();
      return age > settings.sessionTimeout().toMillis();
    } catch (IllegalStateException e) {
      return true; // signed out
    }
  }

  private @Nullable Grant grantOfProvider(LetIn guest) {
    AccessSettings.Oidc oidc = settings.oidc();
    return oidc == null ? null : oidc.grant(guest.roles(), guest.tags());
  }

  /** Returns the part that is kept of what the provider says about somebody. */
  public LetIn letIn(AccessSettings.Oidc oidc, OAuth2User person) {
    String tagClaim = oidc.tagClaim();
    return new LetIn(
        name(person),
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

  /** Returns a name that people know; the provider's own id of a person means nothing to them. */
  private static String name(OAuth2User person) {
    for (String claim : List.of("email", "preferred_username")) {
      if (person.getAttribute(claim) instanceof String name && !name.isBlank()) {
        return name;
      }
    }
    return person.getName();
  }
}
