package dev.storewatch.push;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.entry.FuturePolls;
import dev.storewatch.file.JsonPoll;
import dev.storewatch.file.PollItems;
import dev.storewatch.file.RejectedText;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollBatch;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.TooManyStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * One request that pushes polls: its items are read, and written in batches while the rest is still
 * on its way.
 */
final class PollPush {
  /** How many items are read before the valid ones among them are written. */
  static final int BATCH = 10_000;

  /** The most rejected items that an answer lists. */
  static final int MOST_ERRORS = 1_000;

  private static final String TOO_LONG = "item longer than 64 KiB: the limit is 65,536 bytes";
  private static final int TEXT_SHOWN = 500;

  /** The member of a problem that says what became of the items before it. */
  private static final String TAKEN = "taken";

  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * How long a later batch of a request waits for its turn; the first one does not wait, because
   * nothing is lost when the whole request is sent again.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PollWriter writer;
  private final FreeDisk disk;
  private final Clock clock;
  private final ScopeNow scope;
  private final Caller caller;
  private final PushSettings settings;
  private final List<PushListener> listeners;
  private final JsonPoll poll = new JsonPoll();
  private final RowCounts.Tally tally = new RowCounts.Tally();
  private final List<PushAnswer.Wrong> errors = new ArrayList<>();
  private PollBatch batch;
  private long now;

  /** How many items were read; {@code settled} of them are written or rejected. */
  private long read;

  private long settled;
  private long rejected;
  private long settledRejected;

  PollPush(
      PollWriter writer,
      FreeDisk disk,
      Clock clock,
      PushSettings settings,
      ScopeNow scope,
      Caller caller,
      List<PushListener> listeners) {
    this.caller = caller;
    this.settings = settings;
    this.writer = writer;
    this.disk = disk;
    this.clock = clock;
    this.scope = scope;
    this.listeners = listeners;
    this.batch = newBatch();
    this.now = Micros.of(clock.instant());
  }

  /**
   * Reads and writes all items.
   *
   * @throws ErrorResponseException if the request cannot be read or written to its end, or its
   *     array breaks off; it tells which items were taken nevertheless, and what became of them
   */
  PushAnswer take(PollItems items) throws IOException {
    try {
      readAll(items);
      write();
    } catch (ErrorResponseException e) {
      throw tellTaken(e);
    } finally {
      RowCounts counts = tally.with(rejected);
      listeners.forEach(listener -> listener.pushed(counts));
    }
    return answer();
  }

  private ErrorResponseException tellTaken(ErrorResponseException problem) {
    if (settled > 0) {
      problem.setDetail(
          "%s (%s taken: send only those after %s again)"
              .formatted(
                  problem.getBody().getDetail(),
                  settled == 1 ? "item 1 was" : "items 1 to %d were".formatted(settled),
                  settled == 1 ? "it" : "them"));
      errors.removeIf(wrong -> wrong.item() > settled);
      rejected = settledRejected;
      problem.getBody().setProperty(TAKEN, answer());
    }
    return problem;
  }

  private PushAnswer answer() {
    RowCounts counts = tally.with(rejected);
    return new PushAnswer(
        counts.read(),
        counts.added(),
        counts.repeated(),
        counts.replaced(),
        counts.rejected(),
        errors,
        rejected - errors.size());
  }

  private void readAll(PollItems items) throws IOException {
    while (next(items)) {
      read++;
      String problem = takeItem(items);
      if (problem != null && poll.broken() != null && items.form() == PollItems.Form.ARRAY) {
        read--;
        throw brokenOff("item %d is no JSON: %s".formatted(read + 1, problem));
      }
      if (problem != null) {
        reject(read, problem, text(items));
      }
      if (read - settled == BATCH) {
        write();
      }
    }
    String breakage = items.breakage();
    if (breakage != null && items.form() == PollItems.Form.ARRAY) {
      throw brokenOff(breakage);
    }
  }

  /**
   * Writes what was read before the array breaks off. The answer is an error, because there was
   * more that the sender believes to be sent.
   */
  private ErrorResponseException brokenOff(String problem) {
    write();
    return Problem.badRequest(
        "%s; nothing after it was read%s"
            .formatted(problem, settled == 0 ? ", no item taken" : ""));
  }

  /** Moves on to the next item; if reading on is not allowed, what was read before is written. */
  private boolean next(PollItems items) throws IOException {
    try {
      return items.next();
    } catch (ErrorResponseException e) {
      write();
      throw e;
    }
  }

  /** Puts an item into the batch, or returns what is wrong with it. */
  private @Nullable String takeItem(PollItems items) {
    if (items.isTooLong()) {
      return TOO_LONG;
    }
    String problem = poll.read(items.bytes(), 0, items.length());
    if (problem == null && poll.at() > FuturePolls.latest(now)) {
      problem = FuturePolls.problem(now);
    }
    JsonPoll.Broken broken = poll.broken();
    if (items.form() == PollItems.Form.OBJECT && items.breakage() != null) {
      return items.breakage();
    }
    if (problem == null) {
      batch.add(read, poll.storeId(), poll.at(), poll.isActive());
    } else if (broken != null && items.form() != PollItems.Form.LINES) {
      return "%s, at %s".formatted(problem, items.place(broken.line(), broken.column()));
    }
    return problem;
  }

  private static String text(PollItems items) {
    return RejectedText.start(items.bytes(), 0, items.length(), TEXT_SHOWN).strip();
  }

  private void reject(long item, String reason, String text) {
    rejected++;
    if (errors.size() < MOST_ERRORS) {
      errors.add(new PushAnswer.Wrong(item, reason, text));
    }
  }

  /**
   * Returns an empty batch with the current scope of the sender, which may change during a request.
   */
  private PollBatch newBatch() {
    PollBatch next =
        new PollBatch(
            scope
                .get()
                .orElseThrow(
                    () ->
                        Problem.forbidden(
                            "what you may do was changed while the polls were on their way")),
            settings.knownStoresOnly());
    next.setSender(caller.name());
    return next;
  }

  private void write() {
    // The scope as it is now: what was taken away while the items came must not be written.
    batch.setScope(newBatch().scope());
    Problem.requireRoom(disk);
    PollWriter.Written written = writeBatch();
    tally.add(written.tally());
    if (!written.outside().isEmpty()) {
      written.outside().forEach(this::rejectOutside);
      errors.sort(Comparator.comparingLong(PushAnswer.Wrong::item));
      errors.subList(Math.min(MOST_ERRORS, errors.size()), errors.size()).clear();
    }
    settled = read;
    settledRejected = rejected;
    batch = newBatch();
    now = Micros.of(clock.instant());
  }

  private PollWriter.Written writeBatch() {
    try {
      return writer
          .write(batch, settled == 0 ? Duration.ZERO : PATIENCE)
          .orElseThrow(
              () ->
                  Problem.tooMany(
                      "too many polls wait to be written: send these again in a second",
                      RETRY_AFTER));
    } catch (TooManyStores e) {
      throw Problem.conflict(e);
    } catch (DatabaseUnavailable e) {
      throw e.isFull() ? Problem.diskFull(e) : e;
    }
  }

  private void rejectOutside(int row) {
    rejected++;
    errors.add(
        new PushAnswer.Wrong(
            batch.item(row),
            "there is no store with the id " + batch.storeId(row),
            RejectedText.cut(batch.json(row), TEXT_SHOWN)));
  }
}
