package dev.storewatch.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one command changed, in memory: only so that those of one kind add up, because
 * there is no database from which anything could be taken back.
 */
public final class MemoryJournal implements Entries {
  private final List<JournalEntry> entries = new ArrayList<>();
  private final Map<String, List<StoreChange>> changes = new HashMap<>();

  /**
   * Begins the entry of a file.
   *
   * @param set the files that it is brought together with; null for a file by itself
   * @param kind what the file holds
   * @param now the instant, in microseconds since the epoch
   */
  public OpenEntry begin(String importId, @Nullable FileSet set, String kind, long now) {
    return new OpenEntry(this, importId, set, kind, now);
  }

  @Override
  public List<JournalEntry> ofSet(String setId, String kind) {
    return entries.stream()
        .filter(entry -> Objects.equals(entry.setId(), setId) && entry.kind().equals(kind))
        .toList();
  }

  @Override
  public List<StoreChange> stores(String importId) {
    return changes.getOrDefault(importId, List.of());
  }

  @Override
  public void addStores(String importId, List<StoreChange> added) {
    changes.computeIfAbsent(importId, first -> new ArrayList<>()).addAll(added);
  }

  @Override
  public boolean keepsAll() {
    return false;
  }

  @Override
  public void addPolls(String importId, int firstNumber, List<String> texts) {
    throw new IllegalStateException("the polls of a command without a database are not kept");
  }

  @Override
  public void save(JournalEntry entry, String polls, long now) {
    entries.add(entry);
  }
}
