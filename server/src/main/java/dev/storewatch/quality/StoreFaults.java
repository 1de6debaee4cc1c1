package dev.storewatch.quality;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.notice.FaultKind;
import dev.storewatch.notice.Finding;
import dev.storewatch.notice.NearIds;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** What is wrong with what is known of the stores of a scope, at one moment. */
public final class StoreFaults {
  private static final FaultKind[] KINDS = FaultKind.values();

  /** The bits of a store of which neither hours nor a zone were ever sent. */
  private static final int UNDESCRIBED = bit(FaultKind.ASSUMED_HOURS) | bit(FaultKind.ASSUMED_ZONE);

  private final Registry registry;
  private final Scope scope;

  /**
   * The stores that have hours or a zone, by the normal form of their ids. Made at first use,
   * because few fleets have stores that need it; by a map, so it takes one pass however many there
   * are.
   */
  private final Supplier<Map<String, String>> described = SingletonSupplier.of(this::described);

  /** The faults of the stores of a scope; no other store is named. */
  public StoreFaults(Registry registry, Scope scope) {
    this.registry = registry;
    this.scope = scope;
  }

  /** Returns the keys of all stores of the scope in the order of their ids, after an id. */
  public IntStream keysAfter(@Nullable String id) {
    return registry.keysAfter(id).filter(key -> scope.includes(registry, key));
  }

  /** Returns all faults in the order of the stores' ids, one after the other as they are asked. */
  public Stream<Fault> all() {
    return keysAfter(null).boxed().flatMap(key -> of(key).stream());
  }

  /** Returns what is found in the data of all stores of the scope. */
  public Findings findings() {
    return findings(keysAfter(null));
  }

  /**
   * Returns what is found in the data of some stores.
   *
   * @param keys their keys, in the order of their ids
   */
  public Findings findings(IntStream keys) {
    @Nullable Tally[] tallies = new Tally[KINDS.length];
    for (int key : keys.toArray()) {
      int kinds = kinds(key);
      for (int i = 0; kinds != 0 && i < KINDS.length; i++) {
        if ((kinds & bit(KINDS[i])) != 0) {
          Tally tally = tallies[i];
          if (tally == null) {
            tally = new Tally(KINDS[i]);
            tallies[i] = tally;
          }
          tally.add(key);
        }
      }
    }
    return new Findings(
        Arrays.stream(tallies).flatMap(Stream::ofNullable).map(Tally::finding).toList());
  }

  /** The stores with one kind of fault. */
  private final class Tally {
    private final FaultKind kind;
    private int count;
    private final List<String> examples = new ArrayList<>();
    private final List<Finding.NearMiss> nearMisses = new ArrayList<>();

    Tally(FaultKind kind) {
      this.kind = kind;
    }

    void add(int key) {
      count++;
      if (examples.size() < Finding.MOST_EXAMPLES) {
        examples.add(registry.id(key));
      }
      if (kind == FaultKind.POLLED_ONLY && nearMisses.size() < Finding.MOST_EXAMPLES) {
        Finding.NearMiss found = nearMiss(key);
        if (found != null) {
          nearMisses.add(found);
        }
      }
    }

    Finding finding() {
      return new Finding(kind.code(), count, examples, nearMisses.isEmpty() ? null : nearMisses);
    }
  }

  /**
   * Returns the kinds of fault of a store as bits: this is done for every store of every report.
   */
  private int kinds(int key) {
    int kinds = 0;
    if (registry.hoursFlagged(key).isPresent()) {
      kinds |= bit(FaultKind.FLAGGED_HOURS);
    } else if (!registry.hasHours(key)) {
      kinds |= bit(FaultKind.ASSUMED_HOURS);
    }
    if (registry.zoneFlagged(key).isPresent()) {
      kinds |= bit(FaultKind.FLAGGED_ZONE);
    } else if (registry.zone(key) == null) {
      kinds |= bit(FaultKind.ASSUMED_ZONE);
    }
    boolean described = (kinds & UNDESCRIBED) != UNDESCRIBED || registry.hasDatedHours(key);
    if (registry.firstPoll(key).isPresent() != described) {
      kinds |= bit(described ? FaultKind.NEVER_POLLED : FaultKind.POLLED_ONLY);
    }
    return kinds;
  }

  private static int bit(FaultKind kind) {
    return kind.bit();
  }

  /** Returns whether a store was in a file of hours or zones, be it with rows that were refused. */
  private boolean isDescribed(int key) {
    return registry.hasHours(key)
        || registry.hasDatedHours(key)
        || registry.zone(key) != null
        || registry.hoursFlagged(key).isPresent()
        || registry.zoneFlagged(key).isPresent();
  }

  /** Returns the faults of a store. */
  public List<Fault> of(int key) {
    int kinds = kinds(key);
    return Arrays.stream(KINDS)
        .filter(kind -> (kinds & bit(kind)) != 0)
        .map(kind -> fault(kind, key))
        .toList();
  }

  private Fault fault(FaultKind kind, int key) {
    return new Fault(registry.id(key), kind.code(), since(kind, key), detail(kind, key));
  }

  private @Nullable Instant since(FaultKind kind, int key) {
    return switch (kind) {
      case FLAGGED_HOURS -> instant(registry.hoursFlagged(key));
      case FLAGGED_ZONE -> instant(registry.zoneFlagged(key));
      case POLLED_ONLY -> instant(registry.firstPoll(key));
      case ASSUMED_HOURS, ASSUMED_ZONE, NEVER_POLLED -> null;
    };
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }

  private String detail(FaultKind kind, int key) {
    Zone zone = registry.zone(key);
    return switch (kind) {
      case FLAGGED_HOURS ->
          "rows of its business hours were refused: it counts on those it had, or on the good rows,"
              + " until all its rows come in again";
      case FLAGGED_ZONE ->
          "a row of its time zone was refused: it counts on %s until a good one comes in"
              .formatted(zone == null ? Schedule.defaultZone().name() : zone.name());
      case ASSUMED_HOURS -> "no business hours are known: it is taken to be open all the time";
      case ASSUMED_ZONE ->
          "no time zone is known: " + Schedule.defaultZone().name() + " is taken for it";
      case POLLED_ONLY -> {
        Finding.NearMiss meant = nearMiss(key);
        yield "it is polled but in no file of hours or zones"
            + (meant == null ? "" : "; " + meant.text());
      }
      case NEVER_POLLED ->
          "it has %s but was never polled, so no report has it"
              .formatted(
                  zone == null
                      ? "business hours"
                      : registry.hasHours(key) || registry.hasDatedHours(key)
                          ? "business hours and a time zone"
                          : "a time zone");
    };
  }

  private Finding.@Nullable NearMiss nearMiss(int key) {
    String id = registry.id(key);
    Map<String, String> others = described.get();
    String meant = others.isEmpty() ? null : others.get(NearIds.normal(id));
    return meant == null ? null : new Finding.NearMiss(id, meant);
  }

  private Map<String, String> described() {
    Map<String, String> ids = new HashMap<>();
    for (int key : keysAfter(null).filter(this::isDescribed).toArray()) {
      ids.putIfAbsent(NearIds.normal(registry.id(key)), registry.id(key));
    }
    return ids;
  }
}
