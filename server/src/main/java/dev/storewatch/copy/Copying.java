package dev.storewatch.copy;

import dev.storewatch.poll.PollRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of a whole installation into an empty place, unit by unit, and the comparison of both.
 *
 * <p>A copy that is broken off leaves its mark, so that nobody mistakes it for an installation. The
 * next copy of the same source continues it, or begins anew if the source has other rows by then.
 */
public final class Copying {
  /**
   * The rows of a unit, which is what a copy that is broken off loses at most. Each unit of a month
   * may have to read all polls of that month, so units must be large and few.
   */
  private static final long ROWS_OF_UNIT = 32_000_000;

  private static final int POLLS_AT_A_TIME = 1 << 19;
  private static final List<String> SEQUENCES =
      List.of("report_number", "audit_number", "alert_number");

  private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

  private final Place from;
  private final Place to;
  private final Mark mark;
  private final CopyProgress progress;
  private final long rowsOfUnit;

  /** How many rows were copied, those of units that failed included. */
  private long moved;

  /** A copy from one place to another, which has not begun. */
  public Copying(Place from, Place to, CopyProgress progress) {
    this(from, to, progress, ROWS_OF_UNIT);
  }

  Copying(Place from, Place to, CopyProgress progress, long rowsOfUnit) {
    this.from = from;
    this.to = to;
    this.mark = new Mark(to.database());
    this.progress = progress;
    this.rowsOfUnit = rowsOfUnit;
  }

  /** A copy is refused, or is not complete. */
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /**
   * Copies and compares.
   *
   * @throws Failed if the target holds something else, if one of the two is in use, or if the copy
   *     differs
   */
  public CopyResult run() {
    from.requireAlone();
    to.requireAlone();
    CopyResult result = from.database().holdingStill(this::copy);
    from.requireAlone();
    mark.remove();
    return result;
  }

  private CopyResult copy() {
    long start = System.nanoTime();
    Plan plan = Plan.of(from, rowsOfUnit);
    Set<String> done = prepare(plan);
    progress.begin("copying", plan.rows());
    for (Unit unit : plan.units()) {
      if (done.contains(unit.name())) {
        progress.moved(unit.rows());
      } else {
        copy(unit);
      }
    }
    SEQUENCES.forEach(this::goOn);
    long copied = System.nanoTime();
    List<CopyResult.Line> tables = compare(plan);
    return new CopyResult(
        tables,
        moved,
        !done.isEmpty(),
        Duration.ofNanos(copied - start),
        Duration.ofNanos(System.nanoTime() - copied));
  }

  /** Makes the target ready; returns the names of the units that are in it. */
  private Set<String> prepare(Plan plan) {
    if (!mark.isThere()) {
      requireEmpty();
      mark.make(from.name(), plan);
      return Set.of();
    }
    if (!mark.source().equals(from.name())) {
      throw new Failed(
          "%s holds a part of a copy of %s: copy that again to complete it, or copy to another place"
              .formatted(to.name(), mark.source()));
    }
    if (!mark.isOf(plan)) {
      mark.forget();
      to.empty();
      mark.begin(plan);
    }
    return mark.done();
  }

  private void requireEmpty() {
    List<String> contents = to.contents();
    if (!contents.isEmpty()) {
      throw new Failed(
          "%s is not empty (%s): copy to a new folder or database"
              .formatted(to.name(), String.join(", ", contents)));
    }
  }

  private void copy(Unit unit) {
    if (unit instanceof Unit.OfUpload upload) {
      copyUpload(upload);
    } else {
      copy(
          unit,
          () -> {
            switch (unit) {
              case Unit.OfTable rows -> copyRows(rows);
              case Unit.OfPolls polls -> copyPolls(polls);
              case Unit.OfUpload _ -> throw new IllegalStateException(unit.name());
            }
          });
    }
  }

  private void copy(Unit unit, Runnable work) {
    var _ =
        to.database()
            .inWriteTransaction(
                () -> {
                  if (!mark.note(unit)) {
                    throw new Failed(
                        "another process copies into %s: let it end".formatted(to.name()));
                  }
                  work.run();
                  return true;
                });
  }

  private void copyRows(Unit.OfTable unit) {
    to.database().changes("store").change();
    from.side()
        .read(
            unit.table(),
            unit.slice(),
            batch -> {
              to.side().write(batch);
              moved(batch.size());
            });
  }

  private void moved(long rows) {
    moved += rows;
    progress.moved(rows);
  }

  private void copyPolls(Unit.OfPolls unit) {
    PollRows rows = new PollRows(POLLS_AT_A_TIME);
    from.side()
        .readPolls(
            unit.time(),
            unit.firstKey(),
            unit.lastKey(),
            (store, poll, revision) -> {
              rows.add(store, poll, revision);
              if (rows.size() == POLLS_AT_A_TIME) {
                add(rows);
              }
            });
    add(rows);
  }

  private void add(PollRows rows) {
    if (rows.size() > 0) {
      to.polls().restore(rows);
      moved(rows.size());
      rows.clear();
    }
  }

  /**
   * Fetches the file before the transaction begins, because the target does not let a transaction
   * wait for long.
   */
  private void copyUpload(Unit.OfUpload unit) {
    Path file = to.fetchUpload(from, unit.importId());
    try {
      copy(unit, () -> to.keepUpload(file, unit.importId()));
    } finally {
      deleteQuietly(file);
    }
    moved(1);
  }

  /** Ignores a failure, because whoever opens the folder next deletes what is left. */
  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays for now", file, e);
    }
  }

  private void goOn(String sequence) {
    long number = from.side().last(sequence);
    if (number > to.side().last(sequence)) {
      to.side().goOnAfter(sequence, number);
    }
  }

  private List<CopyResult.Line> compare(Plan plan) {
    progress.begin("comparing", 2 * plan.rows());
    try {
      return new Comparison(from, to, progress).run();
    } catch (Failed e) {
      mark.forget();
      throw e;
    }
  }
}
