package dev.storewatch.importing;

import dev.storewatch.file.FileKind;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.Journal;
import dev.storewatch.journal.JournalEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What takes back an import: the polls that it added go, those that it replaced and the hours,
 * zones, names and tags that it set become what they were, and the stores that it added go if
 * nothing else is known of them. All of it in one transaction, and only if nothing later rests on
 * it.
 *
 * <p>Reports that were made meanwhile stay as they are: they say what was known then.
 */
public final class ImportUndo {
  private final PollIntake intake;
  private final Imports imports;
  private final Journal journal;
  private final Clock clock;

  /** What takes back the imports that a journal keeps. */
  public ImportUndo(PollIntake intake, Imports imports, Journal journal, Clock clock) {
    this.intake = intake;
    this.imports = imports;
    this.journal = journal;
    this.clock = clock;
  }

  /** An import cannot be taken back; the message says why, and what would be right. */
  public static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Impossible(String message) {
      super(message);
    }
  }

  /**
   * Takes back an import.
   *
   * @return the import, with a note of what became of it
   * @throws UnknownImport if there is no such import
   * @throws Impossible if something later rests on it, or what it changed is not kept
   */
  public ImportRun undo(String id) {
    return intake.write(
        in -> {
          in.by(null, "undo:" + id);
          return undo(in, id);
        });
  }

  private ImportRun undo(PollTransaction in, String id) {
    ImportRun run = imports.find(id).orElseThrow(() -> new UnknownImport(id));
    requireComplete(run);
    JournalEntry entry = journal.find(id).orElseThrow(() -> notKept(run));
    requireNothingLater(in.registry(), entry);
    Outcome outcome = new Outcome();
    if (run.kind() == FileKind.POLLS) {
      takeBackPolls(in, entry, outcome);
    } else if (run.kind() != null && run.kind().isOfCalendar()) {
      takeBackDays(in, run, outcome);
    } else if (run.kind() == FileKind.TAGS || run.kind() == FileKind.STORES) {
      takeBackTags(in, run, outcome);
    } else if (run.kind() == FileKind.HOURS) {
      takeBackHours(in, run, outcome);
    } else {
      takeBackZones(in, run, outcome);
    }
    deleteNewStores(in, entry, outcome);
    journal.forget(id);
    ImportRun undone = run.undone(outcome.note(clock));
    if (!imports.undo(undone)) {
      throw new Impossible("the import %s was taken back by somebody else".formatted(id));
    }
    return undone;
  }

  /** What was done, in the making. */
  private static final class Outcome {
    private long pollsDeleted;
    private long pollsSetBack;
    private long storesSetBack;
    private long storesDeleted;
    private long daysTakenOut;
    private long daysPutBack;

    String note(Clock clock) {
      List<String> parts = new ArrayList<>();
      add(parts, pollsDeleted, "poll deleted", "polls deleted");
      add(parts, pollsSetBack, "poll set back", "polls set back");
      add(parts, storesSetBack, "store set back", "stores set back");
      add(parts, storesDeleted, "store deleted", "stores deleted");
      add(parts, daysTakenOut, "entry taken out", "entries taken out");
      add(parts, daysPutBack, "entry put back", "entries put back");
      return "taken back at %s: %s"
          .formatted(
              clock.instant().truncatedTo(ChronoUnit.MICROS),
              parts.isEmpty() ? "it had changed nothing" : String.join(", ", parts));
    }

    private static void add(List<String> parts, long count, String one, String many) {
      if (count > 0) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many));
      }
    }
  }

  private static void requireComplete(ImportRun run) {
    switch (run.state()) {
      case COMPLETE -> {}
      case QUEUED, RUNNING ->
          throw new Impossible(
              "the import %s of %s has not ended: wait until it has"
                  .formatted(run.id(), run.source()));
      case FAILED ->
          throw new Impossible(
              "the import %s of %s has failed, so nothing of it is there"
                  .formatted(run.id(), run.source()));
      case UNDONE ->
          throw new Impossible(
              "the import %s of %s was taken back already".formatted(run.id(), run.source()));
    }
  }

  private static Impossible notKept(ImportRun run) {
    return new Impossible(
        "what the import %s of %s changed is not kept any more: an import can be taken back for %d days"
            .formatted(run.id(), run.source(), Journal.KEPT.toDays()));
  }

  private void requireNothingLater(Registry registry, JournalEntry entry) {
    if (!entry.touched().isEmpty()) {
      throw new Impossible(
          "polls of %s were pushed again or deleted since, so it is not known any more which of them"
                  .formatted(named(registry, entry.touched()))
              + " are of this import alone: delete the wrong ones with `./storewatch polls"
              + " delete`");
    }
    for (JournalEntry later : journal.after(entry)) {
      StoreSet resting = restingOn(entry, later);
      if (!resting.isEmpty()) {
        ImportRun run = imports.find(later.importId()).orElseThrow();
        String names =
            entry.kind().equals(FileKind.POLLS.word())
                ? "polls of %s that may be of this one"
                : "the " + entry.kind() + " of %s too";
        throw new Impossible(
            "the import %s of %s came later, and names %s: take it back first"
                .formatted(run.id(), run.source(), names.formatted(named(registry, resting))));
      }
    }
  }

  /** Returns the stores of which a later import says something about what an earlier one wrote. */
  private static StoreSet restingOn(JournalEntry entry, JournalEntry later) {
    if (!entry.kind().equals(FileKind.POLLS.word())) {
      return entry.stores().and(later.stores());
    }
    return overlap(entry.written(), later.known())
        ? entry.stores().and(later.knew())
        : new StoreSet();
  }

  private static boolean overlap(Span one, Span other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  private static String named(Registry registry, StoreSet stores) {
    NamedStores named = new NamedStores();
    stores.stream().forEach(key -> named.add(registry.id(key)));
    return named.toString();
  }

  private void takeBackPolls(PollTransaction in, JournalEntry entry, Outcome outcome) {
    journal.readPolls(
        entry.importId(),
        (added, replaced, spans) -> {
          requireSame(in, spans);
          outcome.pollsDeleted += in.takeBack(added, replaced) + in.takeBack(spans);
          outcome.pollsSetBack += replaced.size();
        });
    Registry registry = in.registry();
    int[] keys = entry.stores().stream().filter(key -> !registry.isDeleted(key)).toArray();
    if (keys.length > 0) {
      in.findFirstPolls(keys);
    }
  }

  private static void requireSame(PollTransaction in, PollSpans spans) {
    int[] changed = spans.size() == 0 ? new int[0] : in.changed(spans);
    if (changed.length > 0) {
      StoreSet stores = new StoreSet();
      Arrays.stream(changed).forEach(stores::add);
      throw new Impossible(
          "polls of %s came or went in the same time since: take later imports back first, or delete the wrong polls with `./storewatch polls delete`"
              .formatted(named(in.registry(), stores)));
    }
  }

  private void takeBackZones(PollTransaction in, ImportRun run, Outcome outcome) {
    List<StoreChange> changes = journal.stores(run.id());
    requireUnchanged(in.registry(), changes);
    outcome.storesSetBack = changes.size();
    List<StoreChange> set = changes.stream().filter(change -> !change.before().isNone()).toList();
    int[] none =
        changes.stream()
            .filter(change -> change.before().isNone())
            .mapToInt(StoreChange::key)
            .toArray();
    setZones(in, set, none);
    flagAgain(in, changes);
  }

  private void takeBackHours(PollTransaction in, ImportRun run, Outcome outcome) {
    Registry registry = in.registry();
    Map<Integer, List<StoreChange>> byStore =
        journal.stores(run.id()).stream()
            .filter(change -> !change.isNothing())
            .collect(Collectors.groupingBy(StoreChange::key, TreeMap::new, Collectors.toList()));
    StoreSet changed = new StoreSet();
    HoursChanges back = new HoursChanges();
    byStore.forEach(
        (key, parts) -> {
          HoursChanges.Known now =
              new HoursChanges.Known(registry.packedWeeks(key), registry.hoursFlagged(key));
          if (registry.isDeleted(key)
              || !parts.stream().allMatch(part -> StoredHours.isAfter(now, part))) {
            changed.add(key);
          } else {
            back.add(key, now, StoredHours.before(now, parts));
          }
        });
    requireNone(registry, "hours", changed);
    back.write(in.stores(), Micros.of(clock.instant()), undoneBy(run));
    outcome.storesSetBack = byStore.size();
  }

  private static String undoneBy(ImportRun run) {
    return "undo:" + run.id();
  }

  /** Takes out what the import entered, and puts back what it took out. */
  private void takeBackDays(PollTransaction in, ImportRun run, Outcome outcome) {
    long now = Micros.of(clock.instant());
    Stores.TakenBack back =
        in.stores().takeBack(CollectedDays.enteredBy(run.id()), now, undoneBy(run));
    if (back.changed() > 0) {
      throw new Impossible(
          "%d of the days and closures of this import were changed or deleted since: delete those that are wrong one by one"
              .formatted(back.changed()));
    }
    outcome.daysTakenOut = back.takenOut();
    outcome.daysPutBack = back.putBack();
  }

  /** Names stay when the file has none: they may have been changed since. */
  private void takeBackTags(PollTransaction in, ImportRun run, Outcome outcome) {
    boolean hasNames = run.kind() == FileKind.STORES;
    Registry registry = in.registry();
    List<StoreChange> all = journal.stores(run.id());
    StoreSet changed = new StoreSet();
    TagChanges back = new TagChanges();
    for (StoreChange change : all) {
      StoreChange.Value now = CollectedTags.known(registry, change.key());
      if (registry.isDeleted(change.key())
          || !now.tags().equals(change.after().tags())
          || (hasNames && !now.equals(change.after()))) {
        changed.add(change.key());
      } else if (hasNames) {
        back.add(change.key(), now, change.before());
      } else {
        back.addTags(change.key(), now, change.before());
      }
    }
    requireNone(registry, hasNames ? "names or tags" : "tags", changed);
    back.write(in.stores());
    outcome.storesSetBack = all.size();
  }

  private static void requireNone(Registry registry, String what, StoreSet changed) {
    if (!changed.isEmpty()) {
      throw new Impossible(
          "the %s of %s were changed since: what they are now does not come from this import"
              .formatted(what, named(registry, changed)));
    }
  }

  private static void requireUnchanged(Registry registry, List<StoreChange> changes) {
    StoreSet changed = new StoreSet();
    for (StoreChange change : changes) {
      StoreChange.Value now = zone(registry, change.key());
      if (registry.isDeleted(change.key()) || !now.saysWhat(change.after())) {
        changed.add(change.key());
      }
    }
    requireNone(registry, "zones", changed);
  }

  private static StoreChange.Value zone(Registry registry, int key) {
    var zone = registry.zone(key);
    return StoreChange.Value.zone(zone == null ? "" : zone.name(), registry.zoneFlagged(key));
  }

  private static void setZones(PollTransaction in, List<StoreChange> set, int[] none) {
    if (!set.isEmpty()) {
      in.stores()
          .setZones(
              set.stream().mapToInt(StoreChange::key).toArray(),
              set.stream().map(change -> change.before().text()).toList());
    }
    if (none.length > 0) {
      in.stores().forgetZones(none);
    }
  }

  private static void flagAgain(PollTransaction in, List<StoreChange> changes) {
    Map<Long, List<Integer>> flagged =
        changes.stream()
            .filter(change -> change.before().isFlagged())
            .collect(
                Collectors.groupingBy(
                    change -> change.before().flaggedAt(),
                    TreeMap::new,
                    Collectors.mapping(StoreChange::key, Collectors.toList())));
    flagged.forEach((since, keys) -> in.stores().flagZones(Refusals.keys(keys), since));
  }

  /** Deletes the stores that the import added, as far as nothing is known of them now. */
  private static void deleteNewStores(PollTransaction in, JournalEntry entry, Outcome outcome) {
    if (entry.newStores() == 0) {
      return;
    }
    Registry registry = in.stores().registry();
    IntStream.range(entry.firstNewKey(), entry.firstNewKey() + entry.newStores())
        .filter(key -> !registry.isDeleted(key) && isEmpty(registry, key))
        .forEach(
            key -> {
              in.stores().delete(key);
              outcome.storesDeleted++;
            });
  }

  private static boolean isEmpty(Registry registry, int key) {
    return registry.firstPoll(key).isEmpty()
        && registry.packedWeeks(key).isEmpty()
        && registry.zone(key) == null
        && registry.name(key) == null
        && registry.tags(key).isEmpty()
        && registry.hoursFlagged(key).isEmpty()
        && registry.zoneFlagged(key).isEmpty();
  }
}
