package dev.storewatch.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/**
 * A session that the database knows by the hash of a secret, and the browser by the secret.
 *
 * @param <S> the session as the database has it
 */
final class SharedSession<S extends Session> implements Session {
  /** How much of its time a session may go on without its use being written down. */
  private static final int PARTS = 10;

  private static final Duration LONGEST_UNNOTED = Duration.ofMinutes(1);

  private final S kept;
  private final String secret;
  private final Clock clock;
  private boolean isNew;
  private boolean isChanged;

  /**
   * Wraps a session.
   *
   * @param kept the session, whose last use is by the clock
   * @param clock the clock of the database
   */
  SharedSession(S kept, String secret, Clock clock, boolean isNew) {
    this.kept = kept;
    this.secret = secret;
    this.clock = clock;
    this.isNew = isNew;
    this.isChanged = isNew;
  }

  S kept() {
    return kept;
  }

  /** Returns whether the database does not have it yet. */
  boolean isNew() {
    return isNew;
  }

  /** Returns whether there is anything to write down. */
  boolean isChanged() {
    return isChanged;
  }

  /** Notes that the database has all of it. */
  void saved() {
    isNew = false;
    isChanged = false;
  }

  /** Returns the secret, as what the cookie holds. */
  @Override
  public String getId() {
    return secret;
  }

  /**
   * Is not possible: a request that began earlier would write the old id back. Whoever signs in
   * gets a session of their own.
   */
  @Override
  public String changeSessionId() {
    throw new UnsupportedOperationException("a session keeps its id: begin another one instead");
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the interface has it so
  public <T> @Nullable T getAttribute(String name) {
    return kept.getAttribute(name);
  }

  @Override
  public Set<String> getAttributeNames() {
    return kept.getAttributeNames();
  }

  @Override
  public void setAttribute(String name, Object value) {
    kept.setAttribute(name, value);
    isChanged = true;
  }

  @Override
  public void removeAttribute(String name) {
    if (kept.getAttributeNames().contains(name)) {
      kept.removeAttribute(name);
      isChanged = true;
    }
  }

  @Override
  public Instant getCreationTime() {
    return isNew ? kept.getLastAccessedTime() : kept.getCreationTime();
  }

  /**
   * Notes a use by the clock of the database, but not each of those that come one after the other.
   */
  @Override
  public void setLastAccessedTime(Instant timeOfThisMachine) {
    Instant time = clock.instant();
    Duration part = kept.getMaxInactiveInterval().dividedBy(PARTS);
    Duration unnoted = part.compareTo(LONGEST_UNNOTED) < 0 ? part : LONGEST_UNNOTED;
    if (isNew || time.isAfter(kept.getLastAccessedTime().plus(unnoted))) {
      kept.setLastAccessedTime(time);
      isChanged = true;
    }
  }

  @Override
  public Instant getLastAccessedTime() {
    return kept.getLastAccessedTime();
  }

  @Override
  public void setMaxInactiveInterval(Duration interval) {
    kept.setMaxInactiveInterval(interval);
    isChanged = true;
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return kept.getMaxInactiveInterval();
  }

  @Override
  public boolean isExpired() {
    Duration longest = kept.getMaxInactiveInterval();
    return !longest.isNegative()
        && clock.instant().isAfter(kept.getLastAccessedTime().plus(longest));
  }
}
