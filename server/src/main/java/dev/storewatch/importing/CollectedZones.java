package dev.storewatch.importing;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The zones of a file; of two rows for one store the later holds.
 *
 * <p>A store of which a row was refused keeps the zone it had. One that had none gets that of its
 * last good row, if there is one, and is flagged. The files of one set count as one file.
 */
final class CollectedZones implements CollectedFacts {
  private @Nullable String[] first = new String[1024];
  private @Nullable String[] last = new String[1024];
  private final BitSet refused = new BitSet();

  /** Since when stores are flagged elsewhere. */
  private final Map<Integer, Long> flaggedElsewhere = new HashMap<>();

  private long repeated;
  private long replaced;

  @Override
  public void zone(int store, String zone) {
    if (store >= first.length) {
      int size = Math.max(2 * first.length, store + 1);
      first = Arrays.copyOf(first, size);
      last = Arrays.copyOf(last, size);
    }
    if (first[store] == null) {
      first[store] = zone;
    } else if (zone.equals(last[store])) {
      repeated++;
    } else {
      replaced++;
    }
    last[store] = zone;
  }

  @Override
  public void refusedZone(int store) {
    refused.set(store);
  }

  @Override
  public void flaggedZone(int store, long since) {
    flaggedElsewhere.put(store, since);
  }

  @Override
  public void renumber(Renumbering numbers) {
    int largest = IntStream.range(0, numbers.size()).map(numbers::of).max().orElse(0);
    @Nullable String[] firsts = new String[1 + largest];
    @Nullable String[] lasts = new String[firsts.length];
    BitSet refusals = new BitSet();
    for (int store = 0; store < numbers.size(); store++) {
      if (store < first.length) {
        firsts[numbers.of(store)] = first[store];
        lasts[numbers.of(store)] = last[store];
      }
      refusals.set(numbers.of(store), refused.get(store));
    }
    first = firsts;
    last = lasts;
    refused.clear();
    refused.or(refusals);
    Map<Integer, Long> flags = new HashMap<>();
    flaggedElsewhere.forEach((store, since) -> flags.put(numbers.of(store), since));
    flaggedElsewhere.clear();
    flaggedElsewhere.putAll(flags);
  }

  @Override
  public Refusals write(
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    tally.repeated(repeated);
    tally.replaced(replaced);
    Writing writing = new Writing(before, keys, tally, entry);
    for (int store = 0; store < keys.size(); store++) {
      writing.take(store);
    }
    writing.write(stores);
    return writing.refusals();
  }

  private @Nullable String first(int store) {
    return store < first.length ? first[store] : null;
  }

  /** The zones of a file that differ from what is known, in the making. */
  private final class Writing {
    private final Registry before;
    private final StoreKeys keys;
    private final RowCounts.Tally tally;
    private final OpenEntry entry;
    private final List<Integer> changed = new ArrayList<>();
    private final List<String> zones = new ArrayList<>();
    private final Map<Integer, Long> flagged = new HashMap<>();
    private final NamedStores kept = new NamedStores();
    private final NamedStores incomplete = new NamedStores();

    Writing(Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
      this.before = before;
      this.keys = keys;
      this.tally = tally;
      this.entry = entry;
    }

    void take(int store) {
      String named = first(store);
      boolean isRefused = refused.get(store);
      Long elsewhere = flaggedElsewhere.get(store);
      if (named == null && !isRefused && elsewhere == null) {
        return;
      }
      int key = keys.key(store);
      entry.name(key);
      StoreChange.Value now = now(key);
      StoreChange.Value old = entry.soFar().before(key).orElse(now);
      if ((isRefused || entry.soFar().isKept(key)) && !old.isNone()) {
        tally.rejected(named == null ? 0 : 1);
        kept.add(keys.id(store));
        entry.keep(key);
        if (!now.equals(old)) {
          change(key, now, old.text(), old.isFlagged() ? entry.writtenAt() : null);
        }
        return;
      }
      if (isRefused) {
        incomplete.add(keys.id(store));
      }
      if (named != null) {
        count(now, named);
      }
      boolean isFlagged =
          isRefused || elsewhere != null || (entry.soFar().names(key) && now.isFlagged());
      String zone = named == null ? now.text() : String.valueOf(last[store]);
      if (!zone.equals(now.text()) || isFlagged != now.isFlagged()) {
        long since = elsewhere == null ? entry.writtenAt() : elsewhere;
        change(key, now, zone, isFlagged ? since : null);
      }
    }

    private StoreChange.Value now(int key) {
      Zone zone = key <= before.size() ? before.zone(key) : null;
      return key <= before.size()
          ? StoreChange.Value.zone(zone == null ? "" : zone.name(), before.zoneFlagged(key))
          : StoreChange.Value.NONE;
    }

    /** Counts the first row of a store. */
    private void count(StoreChange.Value known, String named) {
      if (known.isNone()) {
        tally.added(1);
      } else if (known.text().equals(named)) {
        tally.repeated(1);
      } else {
        tally.replaced(1);
      }
    }

    private void change(int key, StoreChange.Value now, String zone, @Nullable Long flaggedSince) {
      if (!zone.isEmpty()) {
        changed.add(key);
        zones.add(zone);
      }
      if (flaggedSince != null) {
        flagged.put(key, flaggedSince);
      }
      entry.changeZone(
          key,
          now,
          zone,
          flaggedSince == null ? OptionalLong.empty() : OptionalLong.of(flaggedSince));
    }

    void write(Stores stores) {
      if (!changed.isEmpty()) {
        stores.setZones(Refusals.keys(changed), zones);
      }
    }

    Refusals refusals() {
      return new Refusals(flagged, notes(kept, incomplete));
    }
  }

  private static List<String> notes(NamedStores kept, NamedStores incomplete) {
    List<String> notes = new ArrayList<>();
    if (!kept.isEmpty()) {
      notes.add(
          kept
              + " kept the zone they had, because rows of theirs were refused; a good row of theirs"
              + " counts as rejected: mend the rows and import the file again");
    }
    if (!incomplete.isEmpty()) {
      notes.add(
          incomplete
              + " had no zone, and rows of theirs were refused: without a good row "
              + Schedule.defaultZone()
              + " is taken, and they are flagged until the rows are mended and imported again");
    }
    return notes;
  }
}
