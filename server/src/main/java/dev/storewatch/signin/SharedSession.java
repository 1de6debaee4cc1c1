package dev.storewatch.signin;

import dev.storewatch.access.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/**
 * A session that the browser knows by a secret, and the database by the hash of it; as one request
 * sees and changes it.
 */
final class SharedSession implements Session {
  /** How much of its time a session may go on without its use being written down. */
  private static final int PARTS = 10;

  private static final Duration LONGEST_UNNOTED = Duration.ofMinutes(1);

  private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final String secret;
  private final Clock clock;
  private final Instant begun;
  private final Map<String, Object> attributes;

  /** Sorted: two requests that wrote the same ones in other orders could wait for each other. */
  private final SortedSet<String> changedAttributes = new TreeSet<>();

  private Instant used;
  private Duration longest;
  private boolean isNew;
  private boolean isTimeChanged;

  /**
   * Makes a session of what the database has of it.
   *
   * @param clock the clock of the database
   * @param longest how long it goes on without being used; for ever if that is negative
   */
  SharedSession(
      String secret,
      Clock clock,
      Instant begun,
      Instant used,
      Duration longest,
      Map<String, Object> attributes) {
    this.secret = secret;
    this.clock = clock;
    this.begun = begun;
    this.used = used;
    this.longest = longest;
    this.attributes = new HashMap<>(attributes);
  }

  /** Begins a session that the database does not have yet. */
  static SharedSession begin(Clock clock, Duration longest) {
    Instant now = clock.instant();
    SharedSession session = new SharedSession(Secrets.random(), clock, now, now, longest, Map.of());
    session.isNew = true;
    return session;
  }

  /** Returns whether the database does not have it yet. */
  boolean isNew() {
    return isNew;
  }

  /** Returns whether there is another last use, or another time that it goes on without one. */
  boolean isTimeChanged() {
    return isTimeChanged;
  }

  /** Returns the names of the attributes that were set, or removed. */
  SortedSet<String> changedAttributes() {
    return changedAttributes;
  }

  /** Returns whether there is anything to write down. */
  boolean isChanged() {
    return isNew || isTimeChanged || !changedAttributes.isEmpty();
  }

  /** Notes that the database has all of it. */
  void saved() {
    isNew = false;
    isTimeChanged = false;
    changedAttributes.clear();
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
  @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // the interface has it so
  public <T> @Nullable T getAttribute(String name) {
    return (T) attributes.get(name);
  }

  @Override
  public Set<String> getAttributeNames() {
    return Set.copyOf(attributes.keySet());
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value == null) {
      removeAttribute(name);
      return;
    }
    attributes.put(name, value);
    changedAttributes.add(name);
  }

  @Override
  public void removeAttribute(String name) {
    if (attributes.remove(name) != null) {
      changedAttributes.add(name);
    }
  }

  @Override
  public Instant getCreationTime() {
    return begun;
  }

  /**
   * Notes a use by the clock of the database, but not each of those that come one after the other.
   */
  @Override
  public void setLastAccessedTime(Instant timeOfThisMachine) {
    Instant time = clock.instant();
    Duration part = longest.dividedBy(PARTS);
    Duration unnoted = part.compareTo(LONGEST_UNNOTED) < 0 ? part : LONGEST_UNNOTED;
    if (time.isAfter(used.plus(unnoted))) {
      used = time;
      isTimeChanged = true;
    }
  }

  @Override
  public Instant getLastAccessedTime() {
    return used;
  }

  @Override
  public void setMaxInactiveInterval(Duration interval) {
    longest = interval;
    isTimeChanged = true;
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return longest;
  }

  /** Returns when it ends unless it is used. */
  Instant expiry() {
    return longest.isNegative() ? NEVER : used.plus(longest);
  }

  @Override
  public boolean isExpired() {
    return clock.instant().isAfter(expiry());
  }
}
