package dev.storewatch.cli;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureChange;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.calendar.StoreCalendar;
import dev.storewatch.database.DataFolder;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.history.GroupHistoryView;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.HoursOfWeekView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.importing.FilesAhead;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.lake.BadLake;
import dev.storewatch.lake.ExportOptions;
import dev.storewatch.lake.ExportResult;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageSummaryQuery;
import dev.storewatch.outage.OutageSums;
import dev.storewatch.quality.CoverageWriter;
import dev.storewatch.quality.Fault;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.RevisionView;
import dev.storewatch.source.KafkaView;
import dev.storewatch.source.ProbeBody;
import dev.storewatch.source.ProbeView;
import dev.storewatch.source.SourceBody;
import dev.storewatch.source.SourceView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the commands work on: a data folder of this process, or the server that holds the folder.
 */
interface Installation extends ReportMaker, AutoCloseable {
  /**
   * Opens a data folder, or speaks to the server that holds it.
   *
   * @throws DataFolder.InUse if a process that is not a server holds it
   */
  static Installation open(Path folder, String command) {
    return open(folder, command, FilesAhead.none());
  }

  /**
   * Opens a data folder, or speaks to the server that holds it.
   *
   * @param files what will be imported, which is read while the folder is opened; closed by the
   *     caller
   * @throws DataFolder.InUse if a process that is not a server holds it
   */
  static Installation open(Path folder, String command, FilesAhead files) {
    try {
      return LocalInstallation.open(folder, command, files);
    } catch (DataFolder.InUse e) {
      String url = e.holder().url();
      String ticket = e.holder().ticket();
      if (url == null || ticket == null) {
        throw e;
      }
      return new RemoteInstallation(url, ticket);
    }
  }

  /**
   * Opens a data folder that exists, or speaks to the server that holds it.
   *
   * @throws NoData if there is no such folder
   * @throws DataFolder.InUse if a process that is not a server holds it
   */
  static Installation openExisting(Path folder, String command) {
    if (!Files.isDirectory(folder)) {
      throw new NoData(folder);
    }
    return open(folder, command);
  }

  /** There is no data folder where one should be read. */
  final class NoData extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoData(Path folder) {
      super(
          "there is no data folder %s: import files first, or name another folder with --data"
              .formatted(folder));
    }
  }

  /**
   * Imports a file.
   *
   * @param set the files that it is brought together with; null for a file by itself
   */
  ImportRun importFile(Path file, ReadOptions options, @Nullable FileSet set, ImportDisplay display)
      throws IOException;

  /**
   * Writes stores and polls as Parquet files.
   *
   * @throws WrongInput if a server holds the data
   */
  ExportResult export(Path folder, ExportOptions options) throws IOException;

  /**
   * Imports the files that an export wrote, which are checked first; each kind of row is an import.
   *
   * @param receiver is given each import when it is done
   * @throws BadLake if the files are damaged; then nothing is imported
   * @throws WrongInput if a server holds the data
   */
  void importLake(Path folder, Consumer<ImportRun> receiver) throws IOException;

  /** Takes back an import, and returns it with a note of what became of it. */
  ImportRun undo(String importId) throws IOException;

  /** Returns the newest imports. */
  List<ImportRun> imports(int limit) throws IOException;

  /** Returns rows that an import rejected, after a line. */
  List<Reject> rejects(String importId, long afterLine, int limit) throws IOException;

  /**
   * Compares a report that is kept with what the data of now says.
   *
   * @throws UnknownReport if there is none of the id
   */
  ComparisonView compare(String reportId) throws IOException;

  /**
   * Returns the owner's summary as PDF.
   *
   * @param store the id of a store; null for several
   * @param tags the tags that the stores have, all of them
   * @param period the time; null for the last month
   * @param asOf latest, now or an instant
   */
  byte[] summary(@Nullable String store, List<String> tags, @Nullable String period, String asOf)
      throws IOException;

  /** Returns the latest changes of what figures rest on, the latest first. */
  List<RevisionView> revisions(int limit) throws IOException;

  /** There is no report of an id, or it has no rows. */
  final class UnknownReport extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownReport(String id) {
      super(
          "there is no complete report with the id %s: `GET /api/v1/reports` of the server lists those that there are"
              .formatted(id));
    }
  }

  /** Returns what is refused, missing or assumed of all stores, in short. */
  List<Notice> notices() throws IOException;

  /**
   * Writes the polls that came, against those that were expected, as CSV.
   *
   * @param from when the period begins, or null for a day before the newest poll
   * @param to when it ends, or null for the newest poll
   * @param every how often a store is polled
   */
  void expectedPolls(
      @Nullable String from,
      @Nullable String to,
      String every,
      CoverageWriter.By by,
      PrintWriter out)
      throws IOException;

  /** Gives what is refused, missing or assumed of each store to a receiver, by the stores' ids. */
  void quality(Consumer<Fault> receiver) throws IOException;

  /**
   * Gives outages to a receiver, the latest first, as long as it wants more.
   *
   * @param store the id of a store; null for all
   * @param tags the tags that the stores have, all of them
   */
  void outages(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      OutageBook.Receiver receiver)
      throws IOException;

  /**
   * Writes outages as a calendar (iCalendar, RFC 5545), the latest first.
   *
   * @param store the id of a store; null for all
   * @param tags the tags that the stores have, all of them
   */
  void outageCalendar(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      PrintWriter out)
      throws IOException;

  /**
   * Gives sums of outages to a receiver: those of all stores and of groups, and, unless there are
   * groups, those of each store.
   */
  void outageSums(OutageSummaryQuery.Asked asked, OutageSums.Receiver receiver) throws IOException;

  /** Returns the history of a store. */
  HistoryView history(StoreHistories.Asked asked) throws IOException;

  /** Returns the history of several stores together. */
  GroupHistoryView history(StoreGroups.HistoryAsked asked) throws IOException;

  /** Returns when in the week one or several stores are down. */
  HoursOfWeekView hoursOfWeek(HoursOfWeek.Asked asked) throws IOException;

  /** Returns groups of stores in a period and in the one before. */
  GroupsView groups(StoreGroups.Asked asked) throws IOException;

  /**
   * Deletes the polls of a store in a period.
   *
   * @return how many there were
   */
  long deletePolls(String storeId, Span period) throws IOException;

  /**
   * Returns the real days of a store.
   *
   * @param from the first date; null for today on its clocks
   * @param to the last date; null for fourteen days in all
   */
  StoreCalendar calendar(String storeId, @Nullable LocalDate from, @Nullable LocalDate to)
      throws IOException;

  /** Enters a planned closure. */
  ClosureView addClosure(ClosureBody body) throws IOException;

  /** Enters a source that is pulled. */
  SourceView addSource(SourceBody body) throws IOException;

  /** Returns the sources in the order in which they were entered. */
  List<SourceView> sources() throws IOException;

  /** Changes a source: what is null stays as it is. */
  SourceView changeSource(String id, SourceBody body) throws IOException;

  /** Has a source pulled as soon as a server can. */
  SourceView pullSource(String id) throws IOException;

  /** Deletes a source. */
  void deleteSource(String id) throws IOException;

  /**
   * Returns how far the server has read its partitions of Kafka.
   *
   * @throws WrongInput if no server runs
   */
  KafkaView kafka() throws IOException;

  /** Has a store asked at an address from now on. */
  ProbeView putProbe(String storeId, ProbeBody body) throws IOException;

  /** Returns the stores that are asked whether they are online, in the order of their ids. */
  List<ProbeView> probes() throws IOException;

  /** Has a store asked no more. */
  void deleteProbe(String storeId) throws IOException;

  /** Returns a planned closure. */
  ClosureView closure(String id) throws IOException;

  /**
   * Returns planned closures.
   *
   * @param period only those that have a part in it; null for all
   * @param store only those that are of a store; null for all
   * @param tag only those of a tag; null for all
   */
  List<ClosureView> closures(@Nullable Span period, @Nullable String store, @Nullable String tag)
      throws IOException;

  /** Changes a planned closure. */
  ClosureView changeClosure(String id, ClosureChange change) throws IOException;

  /** Deletes a planned closure. */
  void deleteClosure(String id) throws IOException;

  /** Returns what is to be said beside each report; nothing if there is nothing to be said. */
  default List<String> zoneNotices() {
    return List.of();
  }

  /** Returns the explanation of one store's numbers as text. */
  String explain(ExplainRequest request) throws IOException;

  /** Returns where to change who may use the server. */
  AccessDesk access();

  /** Returns where to change the channels of alerts, and to see what was sent to them. */
  AlertDesk alerts();

  /** Returns where incidents are seen, and where is said what is told of them. */
  IncidentDesk incidents();

  /** Returns where the schedules of reports are changed. */
  ScheduleDesk schedules();

  @Override
  void close();
}
