package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.outgoing.Target;
import dev.storewatch.store.Belongings;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At which addresses stores are asked whether they are online, as people enter and delete them. */
public final class ProbeBook implements Belongings {
  private static final int LONGEST_TEXT = 200;
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final SqlProbes probes;
  private final Stores stores;
  private final Clock clock;

  /** The addresses of the stores of a database. */
  public ProbeBook(Database database, Stores stores, Clock clock) {
    this.probes = new SqlProbes(database);
    this.stores = stores;
    this.clock = clock;
  }

  /** Returns how the stores of a scope are asked, in the order of their ids. */
  public List<ProbeView> list(Scope scope) {
    Registry registry = stores.registry();
    return probes.all().stream()
        .filter(row -> isSeen(registry, scope, row.probe().storeKey()))
        .map(row -> ProbeView.of(registry.id(row.probe().storeKey()), row))
        .sorted(Comparator.comparing(ProbeView::storeId))
        .toList();
  }

  private static boolean isSeen(Registry registry, Scope scope, int key) {
    return key <= registry.size() && !registry.isDeleted(key) && scope.includes(registry, key);
  }

  /**
   * Returns how a store is asked.
   *
   * @throws UnknownStore if there is no such store in the scope
   * @throws UnknownProbe if it is not asked
   */
  public ProbeView get(Scope scope, String storeId) {
    return probes
        .find(key(scope, storeId))
        .map(row -> ProbeView.of(storeId, row))
        .orElseThrow(() -> new UnknownProbe(storeId));
  }

  private int key(Scope scope, String storeId) {
    return scope.key(stores.registry(), storeId).orElseThrow(() -> new UnknownStore(storeId));
  }

  /**
   * Enters how a store is asked from now on.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong
   * @throws UnknownStore if there is no such store in the scope
   */
  public ProbeView put(Scope scope, @Nullable String by, String storeId, ProbeBody body) {
    int key = key(scope, storeId);
    if (body.url() == null) {
      throw new WrongInput(
          "the field url is missing: send for example {\"url\":"
              + " \"https://example.com/stores/42\"}");
    }
    StoreProbe probe =
        new StoreProbe(
            key,
            Target.parse("url", body.url()),
            body.status() == null ? Statuses.USUAL : Statuses.parse(body.status()),
            text(body.text()),
            timeout(body.timeout()),
            Boolean.TRUE.equals(body.always()),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            by);
    probes.put(probe);
    return get(scope, storeId);
  }

  private static @Nullable String text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.length() > LONGEST_TEXT || text.indexOf(0) >= 0) {
      throw new WrongInput(
          "text has %d letters: use 1 to %d, for example Order now"
              .formatted(text.length(), LONGEST_TEXT));
    }
    return text;
  }

  private static Duration timeout(@Nullable String text) {
    Duration timeout = text == null ? USUAL : Durations.parse("timeout", text, "PT10S");
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new WrongInput("timeout is %s: use PT1S to PT1M, for example PT10S".formatted(text));
    }
    return timeout;
  }

  /**
   * Has a store asked no more. Its polls stay.
   *
   * @throws UnknownStore if there is no such store in the scope
   * @throws UnknownProbe if it is not asked
   */
  public void delete(Scope scope, String storeId) {
    if (!probes.delete(key(scope, storeId))) {
      throw new UnknownProbe(storeId);
    }
  }

  @Override
  public void delete(int key) {
    var _ = probes.delete(key);
  }
}
