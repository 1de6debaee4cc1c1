package dev.storewatch.alert;

import dev.storewatch.channel.Alert;
import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.channel.Subject;
import dev.storewatch.channel.Times;
import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The channels of an installation, as people enter, change and remove them. */
public final class ChannelBook {
  /** The turn of whatever changes channels or deliveries, in all processes. */
  static final String TURN = "alert";

  private static final int MOST = 200;

  private final Database database;
  private final Clock clock;
  private final Channels channels;
  private final Deliveries deliveries;
  private final ChannelKinds kinds;
  private final SecretBox secrets;
  private final AtomicLong edits = new AtomicLong();

  /**
   * The channels of a database.
   *
   * @param deliveries where messages to them are queued
   * @param keys what their secrets are encrypted with
   */
  public ChannelBook(
      Database database, Clock clock, Deliveries deliveries, ChannelKinds kinds, SecretKeys keys) {
    this.database = database;
    this.clock = clock;
    this.channels = new Channels(database);
    this.deliveries = deliveries;
    this.kinds = kinds;
    this.secrets = new SecretBox(keys);
  }

  /** There is no channel of an id. */
  public static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String id) {
      super("there is no channel with the id %s".formatted(id));
    }
  }

  /** Another channel has the name, or there are too many. */
  public static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(String message) {
      super(message);
    }
  }

  /** Returns the kinds of channels that there are. */
  public List<ChannelKind> kinds() {
    return kinds.all();
  }

  /**
   * Encrypts with the key in use what is encrypted with an older one.
   *
   * @throws dev.storewatch.setting.BadSetting if there are secrets that no key opens
   */
  void useNewestKey() {
    List<KeptChannel> closed = channels.all().stream().filter(one -> !secrets.opens(one)).toList();
    if (!closed.isEmpty()) {
      throw secrets.unreadable(closed);
    }
    if (channels.all().stream().anyMatch(secrets::isOld)) {
      var _ = database.exclusively(TURN, this::sealAnew);
    }
  }

  private int sealAnew() {
    List<KeptChannel> old = channels.all().stream().filter(secrets::isOld).toList();
    for (KeptChannel channel : old) {
      String sealed = secrets.seal(channel.id(), secrets.open(channel));
      if (sealed != null) {
        channels.changeSealed(channel.id(), sealed);
      }
    }
    return old.size();
  }

  /** Returns the ids of the channels of a database. */
  public static Set<String> ids(Database database) {
    return new Channels(database)
        .all().stream().map(KeptChannel::id).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the word of the kind of each channel of a database, by its id. */
  public static Map<String, String> kindsOf(Database database) {
    return new Channels(database)
        .all().stream().collect(Collectors.toUnmodifiableMap(KeptChannel::id, KeptChannel::kind));
  }

  /** Returns the ids of all channels, and whether the receiver of each keeps incidents itself. */
  public Map<String, Boolean> keepingIncidents() {
    return channels.all().stream()
        .collect(Collectors.toMap(KeptChannel::id, one -> kinds.of(one.kind()).keepsIncidents()));
  }

  /** Returns all channels in the order of their names. */
  public List<ChannelView> list() {
    Map<String, Deliveries.Load> loads = deliveries.loads();
    return channels.all().stream()
        .map(channel -> view(channel, loads.getOrDefault(channel.id(), Deliveries.Load.NONE)))
        .toList();
  }

  /**
   * Returns a channel.
   *
   * @throws Unknown if there is none
   */
  public ChannelView get(String id) {
    return view(kept(id), deliveries.loads().getOrDefault(id, Deliveries.Load.NONE));
  }

  private KeptChannel kept(String id) {
    return channels.find(id).orElseThrow(() -> new Unknown(id));
  }

  private ChannelView view(KeptChannel channel, Deliveries.Load load) {
    return ChannelView.of(channel, load, secrets.opens(channel) ? names(channel) : List.of());
  }

  private List<String> names(KeptChannel channel) {
    return secrets.open(channel).keySet().stream().sorted().toList();
  }

  /** Returns how often this process changed or removed a channel. */
  long edits() {
    return edits.get();
  }

  /** Returns a channel with its secrets, to be sent to, if it is there. */
  Optional<Opened> open(String id) {
    return channels.find(id).map(this::opened);
  }

  private Opened opened(KeptChannel channel) {
    Map<String, String> open = channel.settings();
    Map<String, String> closed = secrets.open(channel);
    return new Opened(channel, kinds.of(channel.kind()), new ChannelSettings(open, closed));
  }

  /** A channel, its kind, and how it is set up. */
  record Opened(KeptChannel channel, ChannelKind kind, ChannelSettings settings) {}

  /**
   * Enters a channel.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong
   * @throws Taken if another one has the name, or there are too many
   * @throws SecretKeys.Missing if it has secrets and there is no key
   */
  public ChannelView add(@Nullable String by, ChannelBody body) {
    ChannelKind kind = kinds.of(body.requiredKind());
    ChannelSettings settings = new ChannelSettings(body.open(), body.closed());
    ChannelRules.check(kind, settings);
    String id = UUID.randomUUID().toString();
    KeptChannel channel =
        new KeptChannel(
            id,
            ChannelRules.name(body.requiredName()),
            kind.name(),
            settings.open(),
            secrets.seal(id, settings.secrets()),
            ChannelRules.perMinute(body.perMinute() == null ? kind.perMinute() : body.perMinute()),
            now(),
            by,
            0,
            null);
    var _ =
        database.exclusively(
            TURN,
            () -> {
              requireRoom(channel);
              channels.add(channel);
              return true;
            });
    return get(id);
  }

  private void requireRoom(KeptChannel channel) {
    List<KeptChannel> others =
        channels.all().stream().filter(other -> !other.id().equals(channel.id())).toList();
    if (others.stream().anyMatch(other -> other.name().equals(channel.name()))) {
      throw new Taken(
          "there is a channel '%s': choose another name, or change that one"
              .formatted(channel.name()));
    }
    if (others.size() >= MOST) {
      throw new Taken(
          "there are %d channels, the most that may be: delete one first".formatted(MOST));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Changes a channel: what is null stays as it is. What waits for it is tried at once.
   *
   * @param by who does
   * @throws WrongInput if something is wrong
   * @throws Unknown if there is none
   * @throws Taken if another one has the name
   */
  public ChannelView change(@Nullable String by, String id, ChannelChange change) {
    var _ =
        database.exclusively(
            TURN,
            () -> {
              KeptChannel changed = changed(kept(id), by, change);
              requireRoom(changed);
              channels.change(changed);
              return true;
            });
    edits.incrementAndGet();
    deliveries.wake();
    return get(id);
  }

  private KeptChannel changed(KeptChannel had, @Nullable String by, ChannelChange change) {
    ChannelKind kind = kinds.of(had.kind());
    Map<String, String> before = secretsOr(had, change);
    ChannelSettings settings =
        new ChannelSettings(
            merged(had.settings(), change.settings()),
            kind.changed(before, merged(before, change.secrets())));
    ChannelRules.check(kind, settings);
    return new KeptChannel(
        had.id(),
        change.name() == null ? had.name() : ChannelRules.name(change.name()),
        had.kind(),
        settings.open(),
        secrets.seal(had.id(), settings.secrets()),
        change.perMinute() == null ? had.perMinute() : ChannelRules.perMinute(change.perMinute()),
        now(),
        by,
        0,
        null);
  }

  /** Whoever gives new secrets need not have the key of those that were there. */
  private Map<String, String> secretsOr(KeptChannel had, ChannelChange change) {
    return change.secrets() != null && !secrets.opens(had) ? Map.of() : secrets.open(had);
  }

  private static Map<String, String> merged(
      Map<String, String> had, @Nullable Map<String, @Nullable String> said) {
    Map<String, String> merged = new HashMap<>(had);
    if (said != null) {
      said.forEach(
          (name, value) -> {
            if (value == null) {
              merged.remove(name);
            } else {
              merged.put(name, value);
            }
          });
    }
    return merged;
  }

  /**
   * Removes a channel and its secrets; what waits for it is not sent any more.
   *
   * @param by who does
   * @return its name
   * @throws Unknown if there is none
   */
  public String delete(@Nullable String by, String id) {
    String name =
        database.exclusively(
            TURN,
            () -> {
              KeptChannel channel = kept(id);
              channels.remove(id, Micros.of(clock.instant()), by);
              return channel.name();
            });
    edits.incrementAndGet();
    return name;
  }

  /**
   * Queues a message that says that nothing happened.
   *
   * @return the delivery
   * @throws Unknown if there is no such channel
   */
  public Delivery test(String id) {
    String name = kept(id).name();
    String delivery = database.inTransaction(() -> deliveries.add(testOf(name), id));
    return deliveries.find(delivery).orElseThrow();
  }

  private Alert testOf(String name) {
    return new Alert(
        "test-" + UUID.randomUUID(),
        Alert.Kind.TEST,
        Alert.Trouble.DOWN,
        Subject.of("0000000000000000000", "Example Street"),
        new Times(now().atOffset(ZoneOffset.UTC), null, Duration.ZERO, Duration.ZERO, null, null),
        null,
        "somebody tries the channel %s: nothing is wrong, and there is nothing to do"
            .formatted(name),
        null);
  }
}
