package dev.storewatch.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder that somebody may still be writing, as they were at the last look. A file
 * is complete when it is as it was at the last look, and has been so for some time: by what was
 * seen, or by the time at which it was changed, so that one which was moved in waits for a second
 * look alone.
 */
final class Settling {
  /** The most files that are looked at; the others are, when those are gone. */
  private static final int MOST = 10_000;

  /** The most folders and the like that are told of. */
  private static final int MOST_OTHERS = 20;

  private static final List<String> UNFINISHED =
      List.of(".part", ".partial", ".tmp", ".filepart", ".crdownload", "~");

  private final Path folder;
  private final Duration settled;
  private final Set<String> ours;
  private Map<String, Seen> last = Map.of();
  private Set<String> others = Set.of();

  /**
   * The files of a folder.
   *
   * @param ours what is in it that no file is to be taken from
   */
  Settling(Path folder, Duration settled, Set<String> ours) {
    this.folder = folder;
    this.settled = settled;
    this.ours = Set.copyOf(ours);
  }

  /**
   * A file at a look.
   *
   * @param since when it was seen like this for the first time
   */
  private record Seen(String name, long size, Instant changed, Instant since) {
    boolean isAs(Seen other) {
      return size == other.size && changed.equals(other.changed);
    }
  }

  /** Looks at the folder; returns the names of the files that are complete, the oldest first. */
  List<String> look(Instant now) throws IOException {
    Map<String, Seen> seen = new HashMap<>();
    List<Seen> complete = new ArrayList<>();
    Set<String> noFiles = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::mayBeImported)) {
      for (Path file : files) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          if (noFiles.size() < MOST_OTHERS && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            noFiles.add(String.valueOf(file.getFileName()));
          }
          continue;
        }
        Seen found = seen.size() < MOST ? find(file, now) : null;
        if (found != null) {
          seen.put(found.name, found);
          if (isComplete(found, now)) {
            complete.add(found);
          }
        }
      }
    }
    last = seen;
    others = Set.copyOf(noFiles);
    complete.sort(Comparator.comparing(Seen::changed).thenComparing(Seen::name));
    return complete.stream().map(Seen::name).toList();
  }

  /** Returns how many files there were at the last look. */
  int count() {
    return last.size();
  }

  /** Returns what was there at the last look and is no file: folders, links and the like. */
  Set<String> others() {
    return others;
  }

  private boolean mayBeImported(Path file) {
    String name = String.valueOf(file.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !ours.contains(name)
        && !TakenFile.isResult(name)
        && UNFINISHED.stream().noneMatch(lower::endsWith);
  }

  private @Nullable Seen find(Path file, Instant now) throws IOException {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Seen found =
          new Seen(
              String.valueOf(file.getFileName()),
              is.size(),
              is.lastModifiedTime().toInstant(),
              now);
      Seen before = last.get(found.name);
      return before != null && before.isAs(found) && !before.since.isAfter(now) ? before : found;
    } catch (NoSuchFileException e) {
      return null; // taken away since the folder was listed
    }
  }

  private boolean isComplete(Seen found, Instant now) {
    boolean isAsBefore = found.since.isBefore(now);
    boolean changedLongAgo = !found.changed.isAfter(now) && isOver(found.changed, now);
    return isAsBefore && (changedLongAgo || isOver(found.since, now));
  }

  private boolean isOver(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(settled) >= 0;
  }
}
