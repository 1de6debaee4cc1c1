package dev.storewatch.access;

import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.audit.SqlAuditTrail;
import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Database;
import dev.storewatch.http.Caller;
import dev.storewatch.input.WrongInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and people of an installation, in memory for the look-up that every request makes, and
 * the ways to change them.
 *
 * <p>A look-up asks how often they were changed, by any process, and reads again if that is more
 * often than before.
 */
public final class AccessBook {
  /** How many networks are known of a person. */
  private static final int MOST_NETWORKS = 20;

  private final Keys keys;
  private final Users users;
  private final AuditTrail trail;
  private final Database database;
  private final ChangeCount changes;
  private final Clock clock;
  private final Passwords passwords;
  private final Map<String, Instant> lastUses = new ConcurrentHashMap<>();
  private final ReentrantLock reading = new ReentrantLock();

  private volatile Known known;

  /** What was read, and how often it had been changed before that. */
  private record Known(long changes, Map<String, Keys.Kept> keys, Map<String, Users.Kept> users) {
    boolean isEmpty() {
      return keys.isEmpty() && users.isEmpty();
    }

    Optional<Users.Kept> user(String name) {
      return Optional.ofNullable(users.get(name)).filter(kept -> kept.user().isThere());
    }
  }

  /** Opens the keys and people of a database. */
  public static AccessBook open(Database database, Clock clock, Passwords passwords) {
    return new AccessBook(database, clock, passwords);
  }

  private AccessBook(Database database, Clock clock, Passwords passwords) {
    this.keys = new SqlKeys(database);
    this.users = new SqlUsers(database);
    this.trail = new SqlAuditTrail(database);
    this.database = database;
    this.changes = database.changes("access");
    this.clock = clock;
    this.passwords = passwords;
    this.known = read(changes.value());
  }

  /** Returns what is there now. */
  private Known latest() {
    Known latest = known;
    return latest.changes == changes.value() ? latest : readAnew();
  }

  /** Reads again, unless another thread did so while this one waited for its turn. */
  private Known readAnew() {
    reading.lock();
    try {
      long now = changes.value();
      if (known.changes != now) {
        // The count was taken before the data: a commit from here on raises it, so these data are
        // not mistaken for newer ones.
        known = read(now);
      }
      return known;
    } finally {
      reading.unlock();
    }
  }

  private Known read(long now) {
    return new Known(
        now,
        byName(keys.all(), kept -> kept.key().id()),
        byName(users.all(), kept -> kept.user().name()));
  }

  private static <T> Map<String, T> byName(List<T> kept, Function<T, String> name) {
    return kept.stream().collect(Collectors.toUnmodifiableMap(name, Function.identity()));
  }

  /** A key that was just made. */
  public record NewKey(ApiKey key, KeyText text) {
    /** Returns the whole key, which its owner is shown this once. */
    public String reveal() {
      return text.reveal();
    }
  }

  /**
   * A person who was changed.
   *
   * @param before as the person was
   * @param after as the person is now
   * @param hasNewPassword whether the password was changed too
   */
  public record ChangedUser(User before, User after, boolean hasNewPassword) {}

  /** There is no such key or person. */
  public static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String message) {
      super(message);
    }
  }

  /** There is a key or a person of that name already. */
  public static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(String name) {
      super("there is a key or a person called %s already: choose another name".formatted(name));
    }
  }

  /**
   * Returns whether any key or person was ever added. Revoked keys and removed people count too, so
   * that an installation does not become open to everybody with its last key. Once there was one,
   * the database is not asked again.
   */
  public boolean isConfigured() {
    return !known.isEmpty() || !latest().isEmpty();
  }

  /** Returns the trail of what was done. */
  public AuditTrail trail() {
    return trail;
  }

  /** Finds the key of a text, if it is valid now, and notes its use. */
  public Optional<ApiKey> open(String text) {
    Instant now = clock.instant();
    return KeyText.parse(text)
        .flatMap(
            given ->
                Optional.ofNullable(latest().keys.get(given.id()))
                    .filter(kept -> given.matches(kept.secretHash())))
        .map(Keys.Kept::key)
        .filter(key -> key.isGoodAt(now))
        .map(key -> noteUse(key, now));
  }

  private ApiKey noteUse(ApiKey key, Instant now) {
    lastUses.put(key.id(), now.truncatedTo(ChronoUnit.MINUTES));
    return key;
  }

  /**
   * Writes when keys were last used; called at intervals, because a write for every request would
   * be too much.
   */
  void keepLastUses() {
    Map<String, Instant> uses = new HashMap<>(lastUses);
    if (!uses.isEmpty()) {
      write(
          () -> {
            keys.used(uses);
            return true;
          });
      uses.forEach(lastUses::remove);
    }
  }

  /** Returns the person of a name, if there is one who may sign in. */
  Optional<User> user(String name) {
    return latest().user(name).map(Users.Kept::user);
  }

  /**
   * Returns the person of a name, if the password is still the one of a stamp.
   *
   * @param stamp what {@link #stamp} returned
   */
  public Optional<User> user(String name, String stamp) {
    return latest().user(name).filter(kept -> stamp(kept).equals(stamp)).map(Users.Kept::user);
  }

  /**
   * Returns a text that changes whenever the password of a person does, by which a session can tell
   * that it was begun with an older one; empty if the given password is wrong. It takes as long for
   * a person who does not exist, so that the time does not tell who does.
   */
  public Optional<String> stamp(String name, String password) {
    Optional<Users.Kept> kept = latest().user(name);
    boolean matches = passwords.matches(password, kept.map(Users.Kept::passwordHash).orElse(null));
    return kept.filter(person -> matches).map(AccessBook::stamp);
  }

  private static String stamp(Users.Kept kept) {
    return Integer.toHexString(kept.passwordHash().hashCode());
  }

  /**
   * Notes that a person signed in.
   *
   * @param network from where, as {@link Networks} has it
   */
  public void signedIn(String name, String network) {
    write(
        () -> {
          boolean isKnown = hasSignedIn(name, network);
          users.signedIn(name, clock.instant(), isKnown ? null : networksWith(name, network));
          if (!isKnown) {
            changes.change();
          }
          return true;
        });
  }

  /** Returns the networks of a person with a new one first, and without those of long ago. */
  private List<String> networksWith(String name, String network) {
    List<String> before = latest().user(name).map(Users.Kept::networks).orElse(List.of());
    return Stream.concat(Stream.of(network), before.stream()).limit(MOST_NETWORKS).toList();
  }

  /** Returns whether there is a person who signed in from a network before. */
  public boolean hasSignedIn(String name, String network) {
    return latest().user(name).filter(kept -> kept.networks().contains(network)).isPresent();
  }

  /** Returns all keys, the ones that ended too, the oldest first. */
  public List<ApiKey> keys() {
    keepLastUses();
    return Keys.withoutHashes(keys.all());
  }

  /** Returns all people, the removed ones too, in the order of their names. */
  public List<User> users() {
    return users.all().stream().map(Users.Kept::user).toList();
  }

  /**
   * Makes a key.
   *
   * @param lifetime how long it is valid, or null for ever
   * @throws IllegalArgumentException if the name is invalid or the key would have ended already
   * @throws Taken if a key that is valid now has the name: the trail tells keys apart by it
   */
  public NewKey addKey(String name, Grant grant, @Nullable Duration lifetime) {
    if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
      throw new WrongInput(
          "the key would end before it begins: give it a positive lifetime, for example P90D");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    KeyText text = KeyText.random();
    ApiKey key =
        new ApiKey(
            text.id(),
            ApiKey.checkName(name),
            grant,
            now,
            lifetime == null ? null : now.plus(lifetime),
            null,
            null);
    return change(
        () -> {
          requireFree(name, now);
          keys.add(key, text.secretHash());
          return new NewKey(key, text);
        });
  }

  private void requireFree(String name, Instant now) {
    if (latest().keys.values().stream()
        .anyMatch(kept -> kept.key().name().equals(name) && kept.key().isGoodAt(now))) {
      throw new Taken(name);
    }
  }

  /**
   * Revokes a key; from now on it opens nothing.
   *
   * @return the key as it was
   * @throws Unknown if there is no such key
   */
  public ApiKey revokeKey(String id) {
    Keys.Kept kept = latest().keys.get(id);
    if (kept == null) {
      throw new Unknown("there is no key with the id %s: list the keys first".formatted(id));
    }
    var _ = change(() -> keys.revoke(id, clock.instant()));
    return kept.key();
  }

  /**
   * Adds a person.
   *
   * @throws IllegalArgumentException if the name or the password is invalid
   * @throws Taken if there is somebody of that name
   */
  public User addUser(String name, String password, Grant grant) {
    User.checkPassword(ApiKey.checkName(name), password);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    User user = new User(name, grant, now, null, null);
    String hash = hash(password);
    if (!change(() -> users.add(user, hash))) {
      throw new Taken(name);
    }
    return user;
  }

  private String hash(String password) {
    return passwords.hash(password);
  }

  /**
   * Changes what a person may do as far as something is said of it, and the password unless it is
   * null.
   *
   * @throws IllegalArgumentException if nothing is said at all, the password is invalid, or the
   *     role and the scope do not go together
   * @throws Unknown if there is no such person
   */
  public ChangedUser changeUser(String name, GrantChange said, @Nullable String password) {
    if (said.isEmpty() && password == null) {
      throw new WrongInput("nothing is to change: say a role, tags or a password");
    }
    if (password != null) {
      User.checkPassword(name, password);
    }
    String hash = password == null ? null : hash(password);
    return change(
        () -> {
          User before = user(name).orElseThrow(() -> unknownUser(name));
          Grant after = said.of(before.grant());
          requireThere(users.change(name, after, hash), name);
          return new ChangedUser(before, before.with(after), hash != null);
        });
  }

  /**
   * Changes the password of a person, whose sessions end at once.
   *
   * @throws IllegalArgumentException if the password is invalid
   * @throws Unknown if there is no such person
   */
  public void changePassword(String name, String password) {
    User.checkPassword(name, password);
    String hash = hash(password);
    requireThere(change(() -> users.changePassword(name, hash)), name);
  }

  /**
   * Removes a person, whose sessions end at once.
   *
   * @return the person as it was
   * @throws Unknown if there is no such person
   */
  public User removeUser(String name) {
    return change(
        () -> {
          User before = user(name).orElseThrow(() -> unknownUser(name));
          requireThere(users.remove(name, clock.instant()), name);
          return before;
        });
  }

  private static void requireThere(boolean found, String name) {
    if (!found) {
      throw unknownUser(name);
    }
  }

  private static Unknown unknownUser(String name) {
    return new Unknown("there is nobody called %s: list the people first".formatted(name));
  }

  /** Writes into the trail something that was done outside of any request. */
  public void note(Caller caller, String action, AuditNote what) {
    long entry = trail.begin(caller, clock.instant(), action, what.target());
    trail.end(entry, what, "done");
  }

  /**
   * Returns which key of this book a text names, and why it opens nothing, for the trail; empty if
   * it names none, because what somebody made up need not be kept.
   */
  public Optional<String> whyShut(String text) {
    Optional<KeyText> given = KeyText.parse(text);
    Keys.Kept kept = given.map(key -> latest().keys.get(key.id())).orElse(null);
    if (given.isEmpty() || kept == null) {
      return Optional.empty();
    }
    ApiKey key = kept.key();
    String why =
        !given.get().matches(kept.secretHash())
            ? "its secret is wrong"
            : key.revokedAt() == null ? "it has expired" : "it is revoked";
    return Optional.of("/api/v1/keys/%s (%s): %s".formatted(key.id(), key.name(), why));
  }

  /** Makes a change that every look-up sees from then on. */
  private <T> T change(Supplier<T> work) {
    return write(
        () -> {
          T result = work.get();
          changes.change();
          return result;
        });
  }

  /** Does work while no other process does any, so that no two people get the same name. */
  private <T> T write(Supplier<T> work) {
    return database.exclusively("access", work);
  }
}
