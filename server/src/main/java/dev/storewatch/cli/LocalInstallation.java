package dev.storewatch.cli;

import dev.storewatch.Parts;
import dev.storewatch.alert.AlertSettings;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.SecretKeys;
import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureChange;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.calendar.StoreCalendar;
import dev.storewatch.calendar.UnknownEntry;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.history.GroupHistoryView;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.HoursOfWeekView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.hours.LateClose;
import dev.storewatch.importing.FileAhead;
import dev.storewatch.importing.FilesAhead;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.importing.RowSource;
import dev.storewatch.importing.UnknownImport;
import dev.storewatch.incident.AlertRules;
import dev.storewatch.incident.IncidentBook;
import dev.storewatch.incident.LateNews;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.lake.ExportOptions;
import dev.storewatch.lake.ExportResult;
import dev.storewatch.lake.LakeExport;
import dev.storewatch.lake.LakeImport;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageQuery;
import dev.storewatch.outage.OutageSummaries;
import dev.storewatch.outage.OutageSummaryQuery;
import dev.storewatch.outage.OutageSums;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.PollScan;
import dev.storewatch.quality.CoverageRequest;
import dev.storewatch.quality.CoverageWriter;
import dev.storewatch.quality.Fault;
import dev.storewatch.quality.Notice;
import dev.storewatch.quality.PollCoverage;
import dev.storewatch.quality.StoreFaults;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.KnownAt;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.RevisionView;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.schedule.ScheduleBook;
import dev.storewatch.source.KafkaView;
import dev.storewatch.source.NameTaken;
import dev.storewatch.source.ProbeBody;
import dev.storewatch.source.ProbeView;
import dev.storewatch.source.SourceBody;
import dev.storewatch.source.SourceView;
import dev.storewatch.source.UnknownProbe;
import dev.storewatch.source.UnknownSource;
import dev.storewatch.store.LocalDates;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.store.ZoneSettings;
import dev.storewatch.summary.Summaries;
import dev.storewatch.summary.SummaryPdf;
import dev.storewatch.summary.SummaryQuery;
import dev.storewatch.timeline.ExplanationText;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that this process holds, or a database of PostgreSQL; put together by hand, because
 * starting Spring would take longer than the work.
 */
final class LocalInstallation implements Installation {
  private final Clock clock;
  private final DataFolder folder;
  private final Database database;
  private final Parts parts;
  private final FilesAhead files;

  private LocalInstallation(DataFolder folder, DatabaseSettings settings, FilesAhead files) {
    this.folder = folder;
    this.files = files;
    this.database = Database.openForOneCommand(folder, settings);
    this.clock = database.clock();
    this.parts = new Parts(folder, database, clock);
  }

  static LocalInstallation open(Path path, String command, FilesAhead files) {
    DataFolder folder = DataFolder.take(path, command);
    files.begin(folder, Clock.systemUTC()); // before the database is open
    return open(folder, DatabaseSettings.inDataFolder(), files);
  }

  /** Opens a database of PostgreSQL, with a folder of its own for temporary files. */
  static LocalInstallation open(DatabaseSettings settings, String command, FilesAhead files) {
    LocalInstallation installation = open(DataFolder.temporary(command), settings, files);
    files.begin(installation.folder, installation.clock);
    return installation;
  }

  private static LocalInstallation open(
      DataFolder folder, DatabaseSettings settings, FilesAhead files) {
    try {
      return new LocalInstallation(folder, settings, files);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public ImportRun importFile(
      Path file, ReadOptions options, @Nullable FileSet set, ImportDisplay display)
      throws IOException {
    parts.imports().recover(parts.uploads()::holds);
    String name = String.valueOf(file.getFileName());
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), "import.upload", name);
    ImportOrder order = ImportOrder.of(name, options, set);
    Optional<FileAhead> ahead = files.take();
    ImportRun run =
        ahead.isPresent()
            ? parts.importer().run(order, ahead.get(), display)
            : parts.importer().run(order, file, display);
    trail.end(entry, AuditNote.NONE, run.state().name().toLowerCase(Locale.ROOT));
    return run;
  }

  @Override
  public ExportResult export(Path target, ExportOptions options) throws IOException {
    return new LakeExport(database, parts.stores(), folder.temporary(), clock).run(target, options);
  }

  @Override
  public void importLake(Path lake, Consumer<ImportRun> receiver) throws IOException {
    parts.imports().recover(parts.uploads()::holds);
    String name = String.valueOf(lake.toAbsolutePath().normalize().getFileName());
    AuditTrail trail = AuditTrail.open(database);
    try (LakeImport files = LakeImport.open(lake, folder.temporary())) {
      for (RowSource source : files.sources()) {
        String what = "%s of %s".formatted(source.kind().words(), name);
        long entry = trail.begin(LocalAccess.caller(), clock.instant(), "import.upload", what);
        ImportRun run = parts.importer().run(ImportOrder.of(what), source, ImportProgress.NONE);
        trail.end(entry, AuditNote.NONE, run.state().name().toLowerCase(Locale.ROOT));
        receiver.accept(run);
      }
    }
  }

  @Override
  public ImportRun undo(String importId) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), "import.undo", importId);
    ImportRun run = parts.undo().undo(importId);
    trail.end(entry, AuditNote.NONE, run.state().name().toLowerCase(Locale.ROOT));
    return run;
  }

  @Override
  public List<ImportRun> imports(int limit) {
    return parts.imports().newest(limit, null);
  }

  @Override
  public List<Reject> rejects(String importId, long afterLine, int limit) {
    if (parts.imports().find(importId).isEmpty()) {
      throw new UnknownImport(importId);
    }
    return parts.imports().rejects(importId, afterLine, limit);
  }

  @Override
  public long deletePolls(String storeId, Span period) {
    AuditTrail trail = AuditTrail.open(database);
    long entry =
        trail.begin(
            LocalAccess.caller(),
            clock.instant(),
            "poll.delete",
            "%s, %s to %s"
                .formatted(
                    storeId, Micros.toInstant(period.start()), Micros.toInstant(period.end())));
    try {
      long deleted =
          parts
              .intake()
              .write(
                  in -> {
                    in.by(LocalAccess.caller().name(), null);
                    return in.delete(Scope.EVERYTHING, storeId, period);
                  });
      trail.end(entry, AuditNote.NONE, deleted + " deleted");
      return deleted;
    } catch (UnknownStore e) {
      trail.end(entry, AuditNote.NONE, "no such store");
      throw e;
    }
  }

  @Override
  public StoreCalendar calendar(String storeId, @Nullable LocalDate from, @Nullable LocalDate to) {
    return StoreCalendar.of(
        parts.stores().registry(),
        Scope.EVERYTHING,
        storeId,
        from,
        to,
        LateClose.AS_GIVEN,
        clock.instant());
  }

  @Override
  public ClosureView addClosure(ClosureBody body) {
    return audited(
        "closure.enter",
        null,
        () -> parts.closures().add(Scope.EVERYTHING, LocalAccess.caller().name(), body));
  }

  @Override
  public ClosureView closure(String id) {
    return parts.closures().get(Scope.EVERYTHING, id);
  }

  @Override
  public List<ClosureView> closures(
      @Nullable Span period, @Nullable String store, @Nullable String tag) {
    return parts.closures().list(Scope.EVERYTHING, period, store, tag);
  }

  @Override
  public ClosureView changeClosure(String id, ClosureChange change) {
    return audited(
        "closure.change",
        id,
        () -> parts.closures().change(Scope.EVERYTHING, LocalAccess.caller().name(), id, change));
  }

  @Override
  public void deleteClosure(String id) {
    var _ =
        audited(
            "closure.delete",
            id,
            () -> {
              ClosureView closure = closure(id);
              parts.closures().delete(Scope.EVERYTHING, LocalAccess.caller().name(), id);
              return closure;
            });
  }

  private ClosureView audited(
      String action, @Nullable String target, Supplier<ClosureView> change) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), action, target);
    try {
      ClosureView closure = change.get();
      trail.end(entry, AuditNote.of(closure.id()), "done");
      return closure;
    } catch (UnknownStore | UnknownEntry | WrongInput e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  @Override
  public SourceView addSource(SourceBody body) {
    return sourceAudited(
        "source.enter", null, () -> parts.sources().add(LocalAccess.caller().name(), body));
  }

  @Override
  public List<SourceView> sources() {
    return parts.sources().list();
  }

  @Override
  public SourceView changeSource(String id, SourceBody body) {
    return sourceAudited("source.change", id, () -> parts.sources().change(id, body));
  }

  @Override
  public SourceView pullSource(String id) {
    return sourceAudited("source.pull", id, () -> parts.sources().pull(id));
  }

  @Override
  public void deleteSource(String id) {
    var _ =
        sourceAudited(
            "source.delete",
            id,
            () -> {
              SourceView source = parts.sources().get(id);
              parts.sources().delete(id);
              return source;
            });
  }

  @Override
  public KafkaView kafka() {
    throw new WrongInput(
        "no server runs on this data folder, and servers alone read from Kafka: start one with '%s serve'"
            .formatted(CalledAs.name()));
  }

  @Override
  public ProbeView putProbe(String storeId, ProbeBody body) {
    return probeAudited(
        "probe.enter",
        storeId,
        () -> parts.probes().put(Scope.EVERYTHING, LocalAccess.caller().name(), storeId, body));
  }

  @Override
  public List<ProbeView> probes() {
    return parts.probes().list(Scope.EVERYTHING);
  }

  @Override
  public void deleteProbe(String storeId) {
    var _ =
        probeAudited(
            "probe.delete",
            storeId,
            () -> {
              ProbeView probe = parts.probes().get(Scope.EVERYTHING, storeId);
              parts.probes().delete(Scope.EVERYTHING, storeId);
              return probe;
            });
  }

  private ProbeView probeAudited(String action, String storeId, Supplier<ProbeView> change) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), action, storeId);
    try {
      ProbeView probe = change.get();
      trail.end(entry, AuditNote.NONE, "done");
      return probe;
    } catch (UnknownStore | UnknownProbe | WrongInput e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  private SourceView sourceAudited(
      String action, @Nullable String target, Supplier<SourceView> change) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), action, target);
    try {
      SourceView source = change.get();
      trail.end(entry, AuditNote.of(source.id()), "done");
      return source;
    } catch (UnknownSource | NameTaken | WrongInput e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  @Override
  public List<Notice> report(ReportOptions request, OutputStream out) {
    if (request.id() != null) {
      return storedReport(request.id(), request, out);
    }
    Integer revision = KnownAt.read(request.revision(), request.knownAt(), parts.revisions());
    PollScan polls = revision == null ? parts.polls() : parts.polls().knownAt(revision);
    return new ReportWriting(parts.fleetReport(), parts.stores(), polls, clock)
        .write(request, revision, out);
  }

  private List<Notice> storedReport(String id, ReportOptions request, OutputStream out) {
    Report report = completeReport(id);
    parts
        .reports()
        .writeRows(
            report,
            Scope.EVERYTHING,
            ReportWriting.rows(
                report.spec(), request, detail(report.spec(), request), parts.stores(), out));
    return report.state().foundIn().notices();
  }

  private Report completeReport(String id) {
    return parts
        .reports()
        .find(id)
        .filter(report -> report.state() instanceof ReportState.Complete)
        .orElseThrow(() -> new UnknownReport(id));
  }

  @Override
  public ComparisonView compare(String reportId) {
    return parts
        .comparison()
        .compare(completeReport(reportId), Scope.EVERYTHING, Integer.MAX_VALUE);
  }

  @Override
  public byte[] summary(
      @Nullable String store, List<String> tags, @Nullable String period, String asOf) {
    OutageBook outages = outageBook();
    Summaries summaries =
        new Summaries(
            parts.fleetReport(),
            parts.stores(),
            outages,
            OutageTracker.lateCloseOf(database),
            clock);
    return SummaryPdf.of(
        summaries.make(Scope.EVERYTHING, SummaryQuery.parse(store, tags, period, asOf)));
  }

  @Override
  public List<RevisionView> revisions(int limit) {
    Registry registry = parts.stores().registry();
    return parts.revisions().before(Integer.MAX_VALUE, limit).stream()
        .map(each -> RevisionView.of(registry, each))
        .toList();
  }

  /** The columns of a report that is kept may not be the standard ones. */
  private static Detail detail(ReportSpec spec, ReportOptions request) {
    return spec.hasStandardWindows() ? request.detail() : Detail.FULL;
  }

  @Override
  public List<Notice> notices() {
    return faults().findings().notices();
  }

  @Override
  public void quality(Consumer<Fault> receiver) {
    faults().all().forEach(receiver);
  }

  @Override
  public void outages(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      OutageBook.Receiver receiver) {
    outageBook()
        .forEach(Scope.EVERYTHING, OutageQuery.parse(state, store, tags, from, to), receiver);
  }

  @Override
  public void outageCalendar(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      PrintWriter out) {
    outageBook()
        .writeCalendar(Scope.EVERYTHING, OutageQuery.parse(state, store, tags, from, to), out);
  }

  @Override
  public void outageSums(OutageSummaryQuery.Asked asked, OutageSums.Receiver receiver) {
    LateClose lateClose = bringOutagesUpToDate();
    new OutageSummaries(parts.database(), parts.stores(), parts.polls(), lateClose, clock)
        .forEach(Scope.EVERYTHING, asked, receiver);
  }

  @Override
  public HistoryView history(StoreHistories.Asked asked) {
    LateClose lateClose = OutageTracker.lateCloseOf(parts.database());
    return new StoreHistories(parts.history(), parts.stores(), parts.polls(), lateClose, clock)
        .of(Scope.EVERYTHING, asked);
  }

  @Override
  public GroupsView groups(StoreGroups.Asked asked) {
    return storeGroups(bringOutagesUpToDate()).of(Scope.EVERYTHING, asked);
  }

  @Override
  public GroupHistoryView history(StoreGroups.HistoryAsked asked) {
    return storeGroups(OutageTracker.lateCloseOf(parts.database()))
        .history(Scope.EVERYTHING, asked);
  }

  private StoreGroups storeGroups(LateClose lateClose) {
    return new StoreGroups(
        parts.database(), parts.history(), parts.stores(), parts.polls(), lateClose, clock);
  }

  @Override
  public HoursOfWeekView hoursOfWeek(HoursOfWeek.Asked asked) {
    LateClose lateClose = OutageTracker.lateCloseOf(parts.database());
    return new HoursOfWeek(parts.database(), parts.stores(), parts.polls(), lateClose, clock)
        .of(Scope.EVERYTHING, asked);
  }

  private OutageBook outageBook() {
    LateClose lateClose = bringOutagesUpToDate();
    return new OutageBook(parts.database(), parts.stores(), lateClose, clock);
  }

  /** No server may have done so. */
  private LateClose bringOutagesUpToDate() {
    Database database = parts.database();
    LateClose lateClose = OutageTracker.lateCloseOf(database);
    long _ =
        new OutageTracker(
                database,
                parts.stores(),
                parts.polls(),
                lateClose,
                clock,
                List.of(new LateNews(database, AlertRules.usual())))
            .update();
    return lateClose;
  }

  @Override
  public void expectedPolls(
      @Nullable String from,
      @Nullable String to,
      String every,
      CoverageWriter.By by,
      PrintWriter out) {
    Registry registry = parts.stores().registry();
    long now = Micros.of(clock.instant());
    CoverageRequest request =
        CoverageRequest.parse(
            from, to, every, parts.polls().newest(registry, Scope.EVERYTHING, now), now);
    CoverageWriter.write(
        new PollCoverage(registry, parts.polls(), Scope.EVERYTHING, LateClose.AS_GIVEN),
        request,
        by,
        out);
  }

  private StoreFaults faults() {
    return new StoreFaults(parts.stores().registry(), Scope.EVERYTHING);
  }

  @Override
  public List<String> zoneNotices() {
    return ZoneSettings.notices();
  }

  private OptionalLong asOf(String text, PollScan polls) {
    return AsOf.parse(text)
        .resolve(polls, parts.stores(), Scope.EVERYTHING, Micros.of(clock.instant()));
  }

  @Override
  public String explain(ExplainRequest request) {
    long asOf = asOf(request.asOf(), parts.polls()).orElse(Micros.of(clock.instant()));
    Registry registry = parts.stores().registry();
    LocalDate today = LocalDates.earliest(registry, registry.key(request.storeId()).stream(), asOf);
    Window window = request.window().at(today);
    window.requireKnown(asOf);
    return ExplanationText.of(
        parts
            .explainer()
            .explain(
                Scope.EVERYTHING,
                request.storeId(),
                asOf,
                request.rule(),
                schedule -> window.span(asOf, schedule),
                request.lateClose()));
  }

  @Override
  public AccessDesk access() {
    return new LocalAccess(parts.access());
  }

  @Override
  public IncidentDesk incidents() {
    IncidentBook book =
        new IncidentBook(database, parts.stores(), () -> ChannelBook.ids(database), clock);
    return new LocalIncidents(database, clock, book);
  }

  @Override
  public ScheduleDesk schedules() {
    return new LocalSchedules(
        database, clock, new ScheduleBook(database, parts.deliveries(), clock));
  }

  @Override
  public AlertDesk alerts() {
    AlertSettings settings = AlertSettings.ofCommand(System.getenv(AlertSettings.IN_ENVIRONMENT));
    SecretKeys keys = new SecretKeys(settings, database.isShared() ? null : folder.path());
    return new LocalAlerts(database, clock, parts.deliveries(), keys);
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
