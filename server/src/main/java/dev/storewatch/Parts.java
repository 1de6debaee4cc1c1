package dev.storewatch;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Passwords;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.calendar.ClosureBook;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.history.History;
import dev.storewatch.importing.ImportUndo;
import dev.storewatch.importing.Importer;
import dev.storewatch.importing.Imports;
import dev.storewatch.importing.Uploads;
import dev.storewatch.journal.Journal;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollListener;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportComparison;
import dev.storewatch.report.Reports;
import dev.storewatch.revision.Revisions;
import dev.storewatch.source.ProbeBook;
import dev.storewatch.source.SourceBook;
import dev.storewatch.store.Stores;
import dev.storewatch.timeline.Explainer;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * The parts of an installation that the server, the commands and the measurements share, put
 * together in this one place. The server has them as its beans; the commands make them without
 * Spring, whose start would take longer than their work.
 */
public final class Parts {
  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final PollIntake intake;
  private final Imports imports;
  private final Uploads uploads;
  private final Importer importer;
  private final ImportUndo undo;
  private final Reports reports;
  private final FleetReport fleetReport;
  private final Revisions revisions;
  private final ReportComparison comparison;
  private final Explainer explainer;
  private final History history;
  private final ClosureBook closures;
  private final SourceBook sources;
  private final ProbeBook probes;
  private final Deliveries deliveries;

  /** Made on first use, because it reads all keys and people. */
  private final Supplier<AccessBook> access;

  /** The parts of a database whose new polls nobody listens to. */
  public Parts(DataFolder folder, Database database, Clock clock) {
    this(folder, database, clock, Polls.open(database), List.of(), Passwords.standard());
  }

  /**
   * The parts of a database.
   *
   * @param folder the data folder, or one for temporary files
   * @param clock the one that dates what is done
   * @param polls the polls of the database
   * @param listeners the listeners to new polls
   * @param passwords how the passwords of people are hashed
   */
  public Parts(
      DataFolder folder,
      Database database,
      Clock clock,
      Polls polls,
      List<? extends PollListener> listeners,
      Passwords passwords) {
    this.database = database;
    this.polls = polls;
    stores = Stores.open(database);
    Journal journal = new Journal(database);
    intake = new PollIntake(database, stores, polls, listeners, journal::ofOthers);
    imports = Imports.open(database, clock);
    uploads = Uploads.open(database, folder);
    reports = Reports.open(database, stores);
    importer = new Importer(folder, stores, intake, imports, journal, reports::countAbout, clock);
    undo = new ImportUndo(intake, imports, journal, clock);
    fleetReport = new FleetReport(database, stores, polls);
    revisions = new Revisions(database);
    comparison = new ReportComparison(database, fleetReport, reports, stores, polls);
    explainer = new Explainer(database, stores, polls);
    history = new History(database, stores, polls);
    closures = new ClosureBook(database, stores, clock);
    sources = new SourceBook(database, imports, clock);
    probes = new ProbeBook(database, stores, clock);
    deliveries = Deliveries.open(database, clock);
    access = SingletonSupplier.of(() -> AccessBook.open(database, clock, passwords));
  }

  /** Returns the database of the parts. */
  public Database database() {
    return database;
  }

  /** Returns where stores are kept. */
  public Stores stores() {
    return stores;
  }

  /** Returns where polls are kept. */
  public Polls polls() {
    return polls;
  }

  /** Returns the way in for polls. */
  public PollIntake intake() {
    return intake;
  }

  /** Returns the records of what imports did. */
  public Imports imports() {
    return imports;
  }

  /** Returns where uploaded files lie. */
  public Uploads uploads() {
    return uploads;
  }

  /** Returns the importer of files into the database, without limits. */
  public Importer importer() {
    return importer;
  }

  /** Returns what takes imports back. */
  public ImportUndo undo() {
    return undo;
  }

  /** Returns where reports are kept. */
  public Reports reports() {
    return reports;
  }

  /** Returns what computes reports. */
  public FleetReport fleetReport() {
    return fleetReport;
  }

  /** Returns the changes of what figures rest on. */
  public Revisions revisions() {
    return revisions;
  }

  /** Returns what compares reports with the data of now. */
  public ReportComparison comparison() {
    return comparison;
  }

  /** Returns the planned closures. */
  public ClosureBook closures() {
    return closures;
  }

  /** Returns the sources that are pulled. */
  public SourceBook sources() {
    return sources;
  }

  /** Returns at which addresses stores are asked whether they are online. */
  public ProbeBook probes() {
    return probes;
  }

  /** Returns the alerts on their way to channels. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** Returns what explains the numbers of one store. */
  public Explainer explainer() {
    return explainer;
  }

  /** Returns the days of stores. */
  public History history() {
    return history;
  }

  /** Returns the keys and people. */
  public AccessBook access() {
    return access.get();
  }

  /** Returns the trail of what was done. */
  public AuditTrail trail() {
    return access().trail();
  }
}
