package dev.storewatch.copy;

import dev.storewatch.Parts;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Role;
import dev.storewatch.alert.AlertSettings;
import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.alert.SecretKeys;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Attachment;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.channel.Subject;
import dev.storewatch.channel.Times;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.history.HistoryTracker;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.http.Caller;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Imports;
import dev.storewatch.importing.Uploads;
import dev.storewatch.incident.IncidentKeepers;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.OlderRows;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.ReportTable;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RequestOrigin;
import dev.storewatch.report.RowWriters;
import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleBook;
import dev.storewatch.schedule.ScheduleView;
import dev.storewatch.source.ProbeBody;
import dev.storewatch.source.SourceBody;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.store.Target;
import dev.storewatch.timeline.Explainer;
import dev.storewatch.timeline.ExplanationText;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An installation that a test fills, and whose every fact can be read. */
final class Installed implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final long AS_OF = Micros.of(Instant.parse("2023-03-01T12:00:00Z"));

  private static final String ODD = "ü \uD83C\uDFEA \\N \\. 'it''s' \"x\", ; \t";
  private static final String OFFSETS =
      "SELECT * FROM kafka_offset ORDER BY topic, partition_number";
  private static final String SCHEDULES = "SELECT * FROM report_schedule ORDER BY id";
  private static final String ATTACHMENTS = "SELECT * FROM alert_attachment ORDER BY delivery_id";
  private static final String CHANNELS = "SELECT * FROM alert_channel ORDER BY id";
  private static final int STORES = 30;
  private static final int HOURS = 24 * 40;

  /** More than go into the other database at once. */
  private static final int WRONG_ROWS = 20_000;

  private final DataFolder folder;
  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final Imports imports;
  private final Reports reports;
  private final AccessBook access;
  private final Uploads uploads;
  private final Parts parts;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  Installed(Path path, DatabaseSettings settings) {
    folder = DataFolder.take(path, "test");
    Database opened;
    try {
      opened = Database.open(folder, settings);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
    database = opened;
    parts = new Parts(folder, database, clock);
    stores = parts.stores();
    polls = parts.polls();
    imports = parts.imports();
    reports = parts.reports();
    access = parts.access();
    uploads = parts.uploads();
  }

  Database database() {
    return database;
  }

  /** Fills everything that an installation can hold. */
  void fill() throws IOException {
    importText("polls.csv", polls(STORES, HOURS));
    importText(
        ODD + ".csv",
        """
        store_id,status,timestamp_utc
        s1,asleep,2023-01-01 00:00:00 UTC
        "%s",active,
        never,active,1970-01-01 00:00:00.000001 UTC
        late,active,2023-02-28 10:00:00 UTC
        "%s",active,2023-02-28 10:00:00 UTC
        """
            .formatted(ODD.replace("\"", "\"\""), "q\"\"u,ote \uD83C\uDFEA"));
    addLatePoll();
    importText("wrong.csv", "store_id,status,timestamp_utc\n" + "?,asleep,\n".repeat(WRONG_ROWS));
    importText(
        "hours.csv",
        """
        store_id,day,start_time_local,end_time_local
        s1,0,09:00,17:00
        s1,0,19:00:01,02:00
        s2,6,00:00,23:59:59
        s2,9,00:00,23:59:59
        """);
    importText("zones.csv", "store_id,timezone_str\ns1,Asia/Kathmandu\ns3,America/Boise\n");
    describeStores();
    addMorePollsOfImport();
    findOutages();
    addReports();
    addSources();
    addAccess();
    addChannels();
  }

  private void addChannels() {
    Deliveries deliveries = parts.deliveries();
    SecretKeys keys =
        new SecretKeys(
            AlertSettings.ofCommand("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="), null);
    ChannelBook book =
        new ChannelBook(database, clock, deliveries, ChannelKinds.withoutSending(), keys);
    String id =
        book.add(
                "user:ann",
                new ChannelBody(
                    "Täst", "slack", null, Map.of("url", "https://example.com/ü%20'x'"), null))
            .id();
    Delivery test = book.test(id);
    kill(test);
    String _ = database.inTransaction(() -> deliveries.add(test.alert(), id));
    tellOfIncidents(id);
    addSchedules(
        book.add(
                null,
                new ChannelBody("hook", "webhook", Map.of("url", "https://example.com"), null, 5))
            .id());
    String gone =
        book.add(
                null,
                new ChannelBody("gone", "webhook", Map.of("url", "https://example.com"), null, 5))
            .id();
    String _ = book.delete("user:ann", gone);
  }

  private void addSchedules(String channel) {
    Deliveries deliveries = parts.deliveries();
    String _ =
        database
            .inTransaction(
                () ->
                    deliveries.add(
                        List.of(
                            new Deliveries.Order(
                                deliveries
                                    .list(1, Long.MAX_VALUE, null, null, null)
                                    .getFirst()
                                    .alert(),
                                channel,
                                new Attachment(ODD, "text/plain", new byte[] {0, 1, 2})))))
            .getFirst();
    ScheduleBook book = new ScheduleBook(database, deliveries, clock);
    for (String to : List.of("channel", "folder")) {
      ScheduleView _ =
          book.add(
              "user:ann",
              new ScheduleBody(
                  "To a " + to,
                  "month",
                  31,
                  "06:00",
                  "Europe/Berlin",
                  "report",
                  List.of("last-month"),
                  List.of("one"),
                  List.of("west"),
                  List.of("region"),
                  "json",
                  to.equals("channel") ? channel : null,
                  to.equals("folder") ? "a/b" : null));
    }
  }

  /** At some time after the polls, when the stores that were polled are not heard of any more. */
  private void tellOfIncidents(String channel) {
    Instant afterPolls = Instant.parse("2023-01-15T00:00:00Z").plusSeconds(3600L * (HOURS + 4));
    IncidentKeepers.tell(parts, channel, afterPolls);
  }

  private void kill(Delivery delivery) {
    var _ =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        UPDATE alert_delivery
                        SET state = 'dead', attempts = 3, started_at = 5, ended_at = 6, note = ?
                        WHERE id = ?\
                        """)
                    .params(ODD, delivery.id())
                    .update());
  }

  private void addSources() {
    int _ =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO kafka_offset
                        VALUES ('polls', 0, 'AbC-_1', 9223372036854775807, 5), ('polls', 11, 'x', 0, 6)\
                        """)
                    .update());
    SourceBody body =
        new SourceBody(
            "Näme 'q'",
            "https://example.com/polls.csv?a=1",
            null,
            "02:30",
            "Asia/Kathmandu",
            "env:STOREWATCH_SECRET_A",
            "basic",
            "polls",
            Map.of("days", "monday=1", "statuses", "active=OK"),
            true);
    var _ = parts.sources().add("user:ann", body);
    ProbeBody probe = new ProbeBody("https://example.com/", "200,404", "Näme 'q'", "PT5S", true);
    var _ = parts.probes().put(Scope.EVERYTHING, "key:a", "s1", probe);
    var _ =
        parts
            .sources()
            .add(
                null,
                new SourceBody(
                    "b", "https://b.invalid/", "PT2H", null, null, null, null, null, null, null));
  }

  /** Adds the last poll that can be kept, which an import by today's clock would refuse. */
  private void addLatePoll() {
    PollRows rows = new PollRows(0);
    long last = Micros.of(Instant.parse("2199-12-31T23:59:59.999999Z"));
    rows.add(stores.registry().key("late").orElseThrow(), PackedPoll.of(last, false));
    database.inWriteTransaction(
        () -> {
          polls.add(rows);
          return true;
        });
  }

  private static String polls(int stores, int hours) {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    Instant start = Instant.parse("2023-01-15T00:00:00Z");
    for (int store = 0; store < stores; store++) {
      for (int hour = 0; hour < hours; hour++) {
        text.append(
            "s%d,%s,%s\n"
                .formatted(
                    store,
                    hour % (store + 2) == 0 ? "inactive" : "active",
                    start.plusSeconds(3600L * hour + store)));
      }
    }
    return text.toString();
  }

  void importText(String name, String text) throws IOException {
    ImportRun _ =
        parts
            .importer()
            .run(
                "import of " + name,
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                name,
                ImportProgress.NONE);
  }

  private void describeStores() {
    var _ =
        database.inWriteTransaction(
            () -> {
              Registry known = stores.registry();
              stores.describe(
                  known.key("s4").orElseThrow(),
                  new StoreDetails(
                      "Näme \uD83C\uDF55 'q'", null, List.of(), Set.of("region:west", "ß")));
              int deleted = known.key("s5").orElseThrow();
              polls.delete(deleted);
              stores.delete(deleted);
              stores.add(known.size() + 1, List.of("new \\ \"one\""));
              addDays(known.key("s4").orElseThrow());
              return true;
            });
  }

  private void addDays(int key) {
    Target tag = new Target(null, "region:west");
    LocalDateTime start = LocalDateTime.parse("2023-02-01T09:00");
    Closure yearly =
        new Closure.Local(
            start, start.plusDays(1), Closure.Repeat.YEARLY, LocalDate.of(2029, 2, 1), "Näme 'q'");
    stores.addClosure(new PlannedClosure("a", tag, yearly, 5, null));
    stores.addClosure(new PlannedClosure("gone", Target.ALL, yearly, 6, "key:a"));
    stores.removeClosure("gone", 7, "key:b");
    Span span = new Span(AS_OF - Micros.DAY, AS_OF - Micros.HOUR);
    stores.addClosure(
        new PlannedClosure("b", new Target(key, null), new Closure.Fixed(span, "x"), 8, "key:a"));
    LocalDate date = LocalDate.of(2023, 2, 2);
    stores.addDay(
        new PlannedDay(
            "c",
            Target.ALL,
            date,
            List.of(new OpeningInterval(date.getDayOfWeek(), 3_600, 7_200)),
            "Näme",
            9,
            null));
    stores.addDay(new PlannedDay("d", tag, date.plusDays(1), List.of(), null, 10, "key:a"));
    stores.setDatedHours(key, date, List.of(), 11, "key:a");
  }

  /** Finds outages, once more after a poll between them that corrects some, and keeps days. */
  private void findOutages() throws IOException {
    OutageTracker tracker =
        new OutageTracker(database, stores, polls, LateClose.AS_GIVEN, clock, List.of());
    long _ = tracker.update();
    importText("corrected.csv", "store_id,status,timestamp_utc\ns3,active,2023-01-15T05:00:03Z\n");
    long _ = tracker.update();
    long _ = new HistoryTracker(database, stores, polls, LateClose.AS_GIVEN, clock).update();
  }

  private void addReports() {
    ReportSpec standard = ReportSpec.standard(AS_OF);
    Report _ =
        complete(
            standard, new RequestOrigin(1, "key:a", new RequestOrigin.Once("a key", "an order")));
    Report _ =
        complete(
            new ReportSpec(
                AS_OF,
                new Rule.Previous(Duration.ofMinutes(90)),
                List.of(Window.of(Duration.ofMinutes(30)), Window.parse("P1M")),
                List.of("s1", "q\"u,ote \uD83C\uDFEA"),
                LateClose.AS_MIDNIGHT,
                Scope.EVERYTHING),
            new RequestOrigin(2, null, null));
    ReportSpec west =
        new ReportSpec(
            AS_OF,
            Rule.standard(),
            Window.STANDARD,
            null,
            LateClose.AS_GIVEN,
            Scope.of(Set.of("region:west")),
            List.of("region:west"));
    Report older = complete(west, new RequestOrigin(3, "user:ann", null));
    OlderRows.keep(database, older, fleet(west));
    Report failed = add(standard);
    reports.start(failed.number(), 5);
    reports.fail(failed.number(), 6, ODD);
    Report running = add(standard);
    reports.start(running.number(), 7);
    Report _ =
        reports.add(ReportSpec.standard(0), OptionalLong.empty(), new RequestOrigin(8, null, null));
    boolean _ = reports.delete(add(standard).number());
  }

  private Report add(ReportSpec spec) {
    return reports.add(spec, OptionalLong.of(spec.asOf()), new RequestOrigin(4, null, null));
  }

  private Report complete(ReportSpec spec, RequestOrigin origin) {
    Report report = reports.add(spec, OptionalLong.of(spec.asOf()), origin);
    reports.start(report.number(), 5);
    boolean _ = reports.complete(report.number(), 6, fleet(spec), "f00");
    return report;
  }

  private ReportTable fleet(ReportSpec spec) {
    return new FleetReport(database, stores, polls).compute(spec, FleetReport.Progress.NONE);
  }

  private void addAccess() {
    Grant west = new Grant(Role.VIEWER, Scope.of(Set.of("region:west")));
    var key = access.addKey("kéy 1", west, Duration.ofDays(3));
    access.revokeKey(key.key().id());
    var _ = access.addKey("b", new Grant(Role.OPERATOR, Scope.EVERYTHING), null);
    var _ = access.addUser("ann", "a long pass phrase", new Grant(Role.ADMIN, Scope.EVERYTHING));
    var _ = access.addUser("bob", "a long pass phrase", west);
    access.removeUser("bob");
    Caller caller = new Caller("user:ann", "192.0.2.1");
    access.trail().write(caller, NOW, "store.put", ODD, "200");
    long _ = access.trail().begin(caller, NOW, "store.delete", null);
  }

  /** Adds what only an import of millions of polls has. */
  private void addMorePollsOfImport() {
    var _ =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        "INSERT INTO import_poll_change (import_id, number, polls) VALUES (?, ?,"
                            + " ?)")
                    .params("import of polls", 1, "AAAA")
                    .update());
  }

  /** Adds an uploaded file that waits to be imported. */
  void addUpload(String id, byte[] bytes) throws IOException {
    Path file = Files.createTempFile(folder.temporary(), "test", ".csv");
    Files.write(file, bytes);
    uploads.keep(file, id);
    imports.queue(
        new ImportRun(
            id,
            "waiting.csv",
            FileKind.POLLS,
            ImportRun.State.QUEUED,
            RowCounts.NONE,
            NOW,
            null,
            null,
            ReadOptions.of(Map.of("days", "sunday=1")),
            new FileSet("hours", true),
            List.of()),
        bytes.length);
  }

  /** Returns all that can be said of the installation, line by line. */
  List<String> facts() throws IOException {
    List<String> facts = new ArrayList<>();
    Registry known = stores.registry();
    for (int key = 1; key <= known.size(); key++) {
      facts.add(
          "store %d %s %s %s %s %s"
              .formatted(
                  key,
                  known.id(key),
                  known.isDeleted(key),
                  known.firstPoll(key),
                  known.name(key),
                  known.isDeleted(key)
                      ? ""
                      : known.details(key)
                          + " "
                          + known.hoursFlagged(key)
                          + known.zoneFlagged(key)));
    }
    for (int key : known.keysById()) {
      facts.add("in order " + known.id(key) + known.datedHours(key));
    }
    facts.add("closures " + stores.registry().plannedClosures());
    facts.add("special days " + stores.registry().plannedDays());
    facts.addAll(pollFacts());
    for (ImportRun run : imports.newest(1_000, null)) {
      facts.add(run + " " + imports.progress(run.id()) + " " + imports.header(run.id()));
      imports.rejects(run.id(), 0, WRONG_ROWS).forEach(reject -> facts.add(reject.toString()));
    }
    parts.sources().list().forEach(source -> facts.add(source.toString()));
    parts.probes().list(Scope.EVERYTHING).forEach(probe -> facts.add(probe.toString()));
    facts.add("keys " + access.keys() + " people " + access.users());
    parts
        .deliveries()
        .list(1_000, Long.MAX_VALUE, null, null, null)
        .forEach(delivery -> facts.add(delivery.toString()));
    facts.add("offsets " + database.jdbc().sql(OFFSETS).query().listOfRows());
    facts.add("channels " + database.jdbc().sql(CHANNELS).query().listOfRows());
    facts.add("schedules " + database.jdbc().sql(SCHEDULES).query().listOfRows());
    facts.add("attachments " + database.jdbc().sql(ATTACHMENTS).query().listOfRows());
    access.trail().list(1_000, Long.MAX_VALUE).forEach(entry -> facts.add(entry.toString()));
    for (String id : new TreeSet<>(uploads.importIds().toList())) {
      try (InputStream file = uploads.open(id)) {
        facts.add(id + " " + new String(file.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    facts.addAll(reportFacts());
    return facts;
  }

  private List<String> pollFacts() {
    TreeMap<String, Boolean> all = new TreeMap<>();
    polls.scan(
        new Span(0, Long.MAX_VALUE / 4),
        0,
        Integer.MAX_VALUE,
        (store, poll) ->
            all.put(
                "poll %d %020d".formatted(store, PackedPoll.at(poll)), PackedPoll.isActive(poll)));
    List<String> facts = new ArrayList<>(List.of("newest " + polls.newest()));
    all.forEach((poll, active) -> facts.add(poll + " " + active));
    return facts;
  }

  private List<String> reportFacts() {
    List<String> facts = new ArrayList<>();
    for (Report report : reports.list(1_000, Integer.MAX_VALUE, null, Scope.EVERYTHING)) {
      facts.add(report.toString());
      if (report.state() instanceof ReportState.Complete) {
        facts.add(
            rows(report.spec(), writer -> reports.writeRows(report, Scope.EVERYTHING, writer)));
      }
    }
    if (polls.newest().isEmpty()) {
      return facts;
    }
    ReportSpec anew =
        new ReportSpec(AS_OF, Rule.standard(), Window.STANDARD, null, LateClose.AS_GIVEN);
    facts.add(rows(anew, writer -> fleet(anew).writeTo(writer)));
    Registry known = stores.registry();
    for (int key = 1; key <= Math.min(3, known.size()); key++) {
      facts.add(
          ExplanationText.of(
              new Explainer(database, stores, polls)
                  .explain(
                      Scope.EVERYTHING,
                      known.id(key),
                      AS_OF,
                      Rule.standard(),
                      Span.endingAt(AS_OF, 7 * Micros.DAY),
                      LateClose.AS_GIVEN)));
    }
    return facts;
  }

  /** Writes rows. */
  private interface Rows {
    void writeTo(RowWriter writer);
  }

  /** Returns rows as CSV and as JSON, in full detail. */
  private static String rows(ReportSpec spec, Rows rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (RowWriters.Format format : RowWriters.Format.values()) {
      rows.writeTo(RowWriters.of(spec, RowWriters.Detail.FULL, format, out));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Returns the numbers that the next report and the next audit entry get. */
  List<Long> nextNumbers() {
    return List.of(
        (long) add(ReportSpec.standard(AS_OF)).number(),
        access.trail().begin(new Caller("user:ann", "192.0.2.1"), NOW, "x", null),
        numberOfDelivery());
  }

  private long numberOfDelivery() {
    Deliveries deliveries = parts.deliveries();
    Alert alert =
        new Alert(
            "i",
            Alert.Kind.TEST,
            Alert.Trouble.DOWN,
            Subject.of("s1", null),
            Times.since(NOW.atOffset(ZoneOffset.UTC), Duration.ZERO, Duration.ZERO),
            null,
            null,
            null);
    String id = database.inTransaction(() -> deliveries.add(alert, "none"));
    return deliveries.find(id).orElseThrow().number();
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
