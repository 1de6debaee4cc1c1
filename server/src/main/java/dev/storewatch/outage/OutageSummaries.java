package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;

/** The outages of all stores, added up for those who ask. */
public final class OutageSummaries {
  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final LateClose lateClose;
  private final Clock clock;

  /** The outages of a database. */
  public OutageSummaries(
      Database database, Stores stores, Polls polls, LateClose lateClose, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /**
   * Returns the sums that somebody asks for; no outage is read yet.
   *
   * @throws WrongInput if something is wrong with what is asked
   * @throws UnknownStore if there is no store of the id in the scope
   */
  OutageSummary of(Scope scope, OutageSummaryQuery.Asked asked) {
    Registry registry = stores.registry();
    long now = Micros.of(clock.instant());
    OutageSummaryQuery query =
        OutageSummaryQuery.parse(asked, polls.newest(registry, scope, now), now);
    return new OutageSummary(
        new OutagesByStore(database, registry, lateClose, query.period(), now),
        registry,
        scope,
        query);
  }

  /**
   * Gives the sums that somebody asks for to a receiver: those of all stores and of groups, and,
   * unless there are groups, those of each store.
   *
   * @throws WrongInput if something is wrong with what is asked
   * @throws UnknownStore if there is no store of the id in the scope
   */
  public void forEach(Scope scope, OutageSummaryQuery.Asked asked, OutageSums.Receiver receiver) {
    of(scope, asked).forEach(receiver);
  }
}
