package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestServer;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.hours.LateClose;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.lake.ExportOptions;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a data folder that a server holds. */
class ThroughServerTest {
  @TempDir static Path folder;
  @TempDir Path files;
  private static @Nullable TestServer server;
  private static Installation installation = new RemoteInstallation("http://127.0.0.1:1", "");

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    installation = Installation.open(folder, "test");
  }

  @AfterAll
  static void stop() {
    installation.close();
    if (server != null) {
      server.close();
    }
  }

  private String report(ReportOptions request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var _ = installation.report(request, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ReportOptions request(
      @Nullable List<String> stores, Detail detail, Format format) {
    return new ReportOptions(
        "latest", Rule.standard(), Window.STANDARD, stores, LateClose.AS_GIVEN, detail, format);
  }

  private ImportRun importFile(String name, String content) throws IOException {
    Path file = Files.writeString(files.resolve(name), content);
    try (ImportDisplay display =
        new ImportDisplay(name, Files.size(file), false, new PrintWriter(new StringWriter()))) {
      return installation.importFile(file, ReadOptions.NONE, null, display);
    }
  }

  @Test
  void speakToTheServer() {
    assertThat(installation).isInstanceOf(RemoteInstallation.class);
  }

  @Test
  void reportTheSameBytes() throws Exception {
    assertThat(report(request(List.of("42", "a,\"b\""), Detail.STANDARD, Format.CSV)))
        .isEqualTo(TestServer.CSV);
    assertThat(report(request(List.of("42"), Detail.FULL, Format.JSON)))
        .contains("\"window\":\"P7D\"")
        .doesNotContain("a,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "a b", "100%", "Bogotá"})
  void findAStoreWhateverItsId(String id) throws Exception {
    var _ =
        importFile(
            "one.csv",
            "store_id,status,timestamp_utc\n%s,active,2026-10-20T12:00:00Z\n".formatted(id));

    assertThat(
            installation
                .history(new StoreHistories.Asked(id, null, null, "day", AskedTerms.USUAL))
                .storeId())
        .isEqualTo(id);
    assertThat(
            installation
                .hoursOfWeek(new HoursOfWeek.Asked(id, List.of(), null, null, AskedTerms.USUAL))
                .stores())
        .isOne();
  }

  @Test
  void reportOnTheStoresWithATag() throws Exception {
    Objects.requireNonNull(server).tag("42", "west");
    ReportOptions tagged =
        new ReportOptions(
            "latest",
            Rule.standard(),
            Window.STANDARD,
            null,
            LateClose.AS_GIVEN,
            Detail.STANDARD,
            Format.CSV,
            List.of("west"),
            null,
            null,
            null,
            Grouping.NONE);
    assertThat(report(tagged).lines()).hasSize(2).last().asString().startsWith("42,");
  }

  @Test
  void sayWhatTheServerRefuses() {
    assertThatThrownBy(() -> report(request(List.of("nope"), Detail.STANDARD, Format.CSV)))
        .isInstanceOf(RemoteInstallation.Refused.class)
        .hasMessage("there is no store with the id nope");
    assertThatThrownBy(() -> importFile("other.csv", "a,b\n"))
        .isInstanceOf(RemoteInstallation.Refused.class)
        .hasMessageStartingWith("other.csv");
  }

  @Test
  void importAndShowWhatWasRejected() throws Exception {
    ImportRun run =
        importFile(
            "a b+c.csv",
            """
            store_id,status,timestamp_utc
            never polled,active,2023-01-24 12:00:00 UTC
            never polled,inactive,2023-01-24 12:00:00 UTC
            42,maybe,2023-01-25 12:00:00 UTC
            """);

    assertThat(run.source()).isEqualTo("a b+c.csv");
    assertThat(run.counts().replaced()).isEqualTo(1);
    assertThat(run.counts().rejected()).isEqualTo(1);
    assertThat(installation.rejects(run.id(), 0, 10)).hasSize(1);
    assertThat(installation.imports(5)).contains(run);
  }

  @Test
  void takeAnImportBack() throws Exception {
    ImportRun run = importFile("z.csv", "store_id,timezone_str\ntaken back,UTC\n");

    ImportRun undone = installation.undo(run.id());

    assertThat(undone.state()).isEqualTo(ImportRun.State.UNDONE);
    assertThat(undone.notes().getLast()).endsWith("1 store set back, 1 store deleted");
    assertThatThrownBy(() -> installation.undo(run.id()))
        .isInstanceOf(RemoteInstallation.Refused.class)
        .hasMessageEndingWith("was taken back already");
  }

  @Test
  void deletePolls() throws Exception {
    importFile(
        "odd.csv", "store_id,status,timestamp_utc\n../a b?,active,2023-01-02 12:00:00 UTC\n");
    Span day =
        new Span(
            Micros.of(Instant.parse("2023-01-02T00:00:00Z")),
            Micros.of(Instant.parse("2023-01-03T00:00:00Z")));

    assertThat(installation.deletePolls("../a b?", day)).isEqualTo(1);
    assertThat(installation.deletePolls("../a b?", day)).isZero();
    assertThatThrownBy(() -> installation.deletePolls("nope", day))
        .isInstanceOf(RemoteInstallation.Refused.class)
        .hasMessage("there is no store with the id nope");
  }

  @Test
  void refuseRulesOfTimeZonesOfTheirOwn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Storewatch.run(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "report",
            "--data",
            folder.toString(),
            "--zone-rules",
            "bundled");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "storewatch: a server holds the folder, and its rules of time zones hold: leave"
                + " --zone-rules out, or start the server with storewatch.zone-rules: bundled\n");
  }

  @Test
  void explainWithTheSameText() throws Exception {
    ExplainRequest request =
        new ExplainRequest(
            "a,\"b\"",
            "latest",
            Rule.standard(),
            Window.of(Duration.ofHours(2)),
            LateClose.AS_GIVEN);

    assertThat(installation.explain(request)).startsWith("Store    a,\"b\"\n");
  }

  @Test
  void sayThatFilesOfParquetDoNotGoThroughAServer() throws IOException {
    Path lake = files.resolve("lake");
    assertThatThrownBy(() -> installation.export(lake, ExportOptions.NONE))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("files are not exported through a server: stop it first");
    assertThat(lake).doesNotExist();
    assertThatThrownBy(() -> installation.importLake(lake, run -> {}))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("is not imported through a server: stop it first");
  }
}
