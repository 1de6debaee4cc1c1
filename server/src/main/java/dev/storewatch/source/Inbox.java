package dev.storewatch.source;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.OptionWords;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Imports;
import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watched folder: files that appear in it are imported when they are complete, and moved to
 * {@code done} or {@code failed} with a file beside them that says what became of them.
 *
 * <p>A file goes through four steps, each of which leaves on the disk what the next one needs:
 *
 * <ol>
 *   <li>it is moved to {@code .taken}, under a name that holds the id of its import;
 *   <li>it is put into the queue of imports by that id, in one transaction;
 *   <li>when the import has ended, what became of it is written beside where the file will go;
 *   <li>the file is moved there.
 * </ol>
 *
 * <p>Whatever ends the process between two of them, the next look finds the file in {@code .taken}
 * and asks by its id how far it came. Several servers that watch one folder do no harm: one alone
 * moves a file, and the import of an id is there once.
 */
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** The most files that wait as imports; a file that waits takes its room twice. */
  private static final int MOST_TAKEN = 10;

  private static final int MOST_REJECTS = 100;
  private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMinutes(1);
  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
  private static final String DONE = "done";
  private static final String FAILED = "failed";

  private final Path folder;
  private final Path taken;
  private final Path done;
  private final Path failed;
  private final InboxSettings settings;
  private final FileIntake intake;
  private final Imports imports;
  private final Clock clock;
  private final List<InboxListener> listeners;
  private final Settling settling;
  private final Mover mover;

  /** The files that could not be dealt with, and when to try again; none that is gone. */
  private final Map<Path, Instant> later = new HashMap<>();

  /** What is in the folder and is no file, as far as it was told of. */
  private Set<String> toldOf = Set.of();

  /** Whether it was told that the folder cannot be looked at, which may last. */
  private boolean isAway;

  private Instant nextCleaning = Instant.MIN;
  private volatile int waiting;

  /** The way in which a file is moved out of the folder: at once, and by one server alone. */
  @FunctionalInterface
  interface Mover {
    void move(Path from, Path to) throws IOException;
  }

  /**
   * A folder, which is made if it is not there.
   *
   * @param standard where it is if the settings do not say so
   * @throws BadSetting if it cannot be made
   */
  Inbox(
      Path standard,
      InboxSettings settings,
      FileIntake intake,
      Imports imports,
      Clock clock,
      List<? extends InboxListener> listeners) {
    this(
        standard,
        settings,
        intake,
        imports,
        clock,
        listeners,
        (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  /** The same with another way to move files. */
  Inbox(
      Path standard,
      InboxSettings settings,
      FileIntake intake,
      Imports imports,
      Clock clock,
      List<? extends InboxListener> listeners,
      Mover mover) {
    this.mover = mover;
    this.folder = settings.folder() == null ? standard : settings.folder();
    this.taken = folder.resolve(".taken");
    this.done = folder.resolve(DONE);
    this.failed = folder.resolve(FAILED);
    this.settings = settings;
    this.intake = intake;
    this.imports = imports;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.settling = new Settling(folder, settings.settled(), Set.of(DONE, FAILED));
    make();
  }

  private void make() {
    try {
      makeFolders();
    } catch (IOException e) {
      throw new BadSetting(
          "%s.folder is %s, which cannot be used (%s): name a folder that the server may write to, for example /var/lib/storewatch/inbox"
              .formatted(InboxSettings.PREFIX, folder, e),
          e);
    }
  }

  private void makeFolders() throws IOException {
    for (Path each : List.of(taken, done, failed)) {
      Files.createDirectories(each);
    }
  }

  /** Returns how many files are in the folder or wait for the end of their import. */
  public int waiting() {
    return waiting;
  }

  /**
   * Takes what is complete, and puts away what has been imported. What goes wrong with one file
   * stops no other.
   *
   * @throws DatabaseUnavailable if the database is away; nothing is lost
   */
  void look() {
    try {
      makeFolders();
      List<TakenFile> open = takenBefore();
      List<Path> complete =
          settling.look(clock.instant()).stream().map(name -> folder.resolve(name)).toList();
      forgetAllBut(complete, open);
      tellOfOthers();
      for (Path file : complete) {
        if (open.size() < MOST_TAKEN) {
          take(file, open);
        }
      }
      open.forEach(this::goOn);
      waiting = settling.count() + takenBefore().size();
      clean();
      if (isAway) {
        LOG.info("the folder {} can be looked at again", folder);
      }
      isAway = false;
    } catch (IOException | DirectoryIteratorException e) {
      if (!isAway) {
        LOG.warn(
            "the folder {} cannot be looked at, and no file of it is lost: {}; it is tried again",
            folder,
            e.toString());
      }
      isAway = true;
    }
  }

  private void forgetAllBut(List<Path> complete, List<TakenFile> open) {
    Set<Path> there = new HashSet<>(complete);
    open.forEach(file -> there.add(file.path()));
    later.keySet().retainAll(there);
  }

  /** Tells once of what somebody may have put there for an import, and is none. */
  private void tellOfOthers() {
    Set<String> others = settling.others();
    for (String name : others) {
      if (!toldOf.contains(name)) {
        LOG.warn(
            "{} is left alone in {}, because it is a folder, a link or no file at all: put the"
                + " files themselves there",
            name,
            folder);
      }
    }
    toldOf = others;
  }

  private List<TakenFile> takenBefore() throws IOException {
    List<TakenFile> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(taken)) {
      files.forEach(file -> TakenFile.read(file).ifPresent(found::add));
    }
    return found;
  }

  private void take(Path from, List<TakenFile> open) {
    Instant now = clock.instant();
    Instant nextTry = later.get(from);
    if (nextTry != null && nextTry.isAfter(now)) {
      return;
    }
    TakenFile file = TakenFile.of(taken, String.valueOf(from.getFileName()), now);
    try {
      mover.move(from, file.path());
      later.remove(from);
      open.add(file);
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone: somebody else has taken it", from);
    } catch (IOException e) {
      later.put(from, now.plus(BEFORE_ANOTHER_TRY));
      if (nextTry == null) {
        LOG.warn(
            "{} cannot be taken out of the folder: let the server move it, for which a folder with"
                + " a sticky bit has to belong to its user ({})",
            from,
            e.toString());
      }
    }
  }

  private void goOn(TakenFile file) {
    Instant now = clock.instant();
    if (later.getOrDefault(file.path(), Instant.MIN).isAfter(now)) {
      return;
    }
    try {
      InboxResult result = result(file);
      if (result != null) {
        end(result);
      }
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone: somebody else has put it away", file.path());
    } catch (IOException | RuntimeException e) {
      putOff(file, e, now);
    }
  }

  /** Returns what became of a file; null if its import has not ended. */
  private @Nullable InboxResult result(TakenFile file) throws IOException {
    try {
      ImportRun run = intake.take(file.path(), order(file), null);
      return run.ended() == null
          ? null
          : new InboxResult(file, run, null, imports.rejects(run.id(), 0, MOST_REJECTS));
    } catch (BadFileException | UnpackLimits.TooLarge | WrongInput e) {
      return refused(file, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (AccessDeniedException e) {
      if (!file.path().toString().equals(e.getFile())) {
        throw e; // it is the server that may not write somewhere, which is no fault of the file
      }
      return refused(
          file,
          "%s may not be read by the user of the server: let it, for example with chmod a+r, and move the file back into the folder"
              .formatted(file.source()));
    }
  }

  private static InboxResult refused(TakenFile file, String reason) {
    return new InboxResult(file, null, reason, List.of());
  }

  private ImportOrder order(TakenFile file) {
    return new ImportOrder(
        file.importId(), file.source(), settings.options().in(OptionWords.INBOX), null);
  }

  private void putOff(TakenFile file, Exception why, Instant now) {
    later.put(file.path(), now.plus(BEFORE_ANOTHER_TRY));
    LOG.warn("{} waits for another try: {}", file.name(), why.toString());
  }

  /** Writes what became of a file, and then moves it: a file without a result is not put away. */
  private void end(InboxResult result) throws IOException {
    TakenFile file = result.file();
    Path to = result.isDone() ? done : failed;
    Path partial = to.resolve("." + file.endName() + TakenFile.RESULT);
    Files.writeString(partial, result.json(clock.instant()));
    Files.move(
        partial,
        to.resolve(file.endName() + TakenFile.RESULT),
        StandardCopyOption.REPLACE_EXISTING);
    Files.move(file.path(), to.resolve(file.endName()), StandardCopyOption.REPLACE_EXISTING);
    later.remove(file.path());
    listeners.forEach(listener -> listener.ended(result.isDone()));
    if (!result.isDone()) {
      LOG.warn(
          "{} was not imported: {}; see {}",
          file.name(),
          result.reason(),
          to.resolve(file.endName() + TakenFile.RESULT));
    }
  }

  /** Deletes from time to time what was imported long ago. */
  private void clean() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(nextCleaning)) {
      return;
    }
    nextCleaning = now.plus(BETWEEN_CLEANINGS);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(done)) {
      for (Path file : files) {
        if (isOld(file, now)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** By the time in its name, because the file itself is as old as whoever wrote it says. */
  private boolean isOld(Path file, Instant now) {
    return TakenFile.takenAt(String.valueOf(file.getFileName()))
        .filter(ended -> Duration.between(ended, now).compareTo(settings.kept()) > 0)
        .isPresent();
  }
}
