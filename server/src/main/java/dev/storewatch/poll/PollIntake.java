package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Stores;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into the database for polls, whatever brings them: a file, a push, or a source to
 * come; and the one by which single stores' polls are taken out again. All of a transaction is
 * written while nobody else writes stores or polls; then the listeners are told which stores got
 * some or lost some, and from when on.
 */
public final class PollIntake {
  private static final Logger LOG = LoggerFactory.getLogger(PollIntake.class);

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final List<PollListener> listeners;
  private final Supplier<PollJournal> journals;

  /**
   * An intake into a database.
   *
   * @param listeners who is told which stores got polls
   * @param journals gives a journal for each merge of polls that no import brings
   */
  public PollIntake(
      Database database,
      Stores stores,
      Polls polls,
      List<? extends PollListener> listeners,
      Supplier<PollJournal> journals) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.listeners = List.copyOf(listeners);
    this.journals = journals;
  }

  /**
   * Runs work in a transaction: all of it is kept, or none after an exception.
   *
   * @return what the work returns, once it is committed and the listeners were told
   */
  public <T> T write(Function<PollTransaction, T> work) {
    WrittenPolls written = new WrittenPolls();
    T result =
        database.inWriteTransaction(
            () ->
                work.apply(
                    new PollTransaction(
                        stores, polls, written, journals, new Revisions(database))));
    if (!written.isEmpty()) {
      listeners.forEach(listener -> tell(listener, written));
    }
    return result;
  }

  private static void tell(PollListener listener, WrittenPolls written) {
    try {
      listener.written(written);
    } catch (RuntimeException e) {
      LOG.error("{} failed after polls were written", listener.getClass().getSimpleName(), e);
    }
  }
}
