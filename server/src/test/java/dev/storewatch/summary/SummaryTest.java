package dev.storewatch.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner's summary, as its page says it. */
@AnyDatabase
final class SummaryTest {
  /**
   * Stores in Warsaw, open from 08:00 to 20:00, polled every hour in March 2026: one was down from
   * 12:00 to 14:00 on every Tuesday, one was never down.
   */
  private static final List<String> FILES =
      List.of(
          "store_id,timezone_str\nlodz,Europe/Warsaw\nquiet,Europe/Warsaw\n",
          "store_id,day,start_time_local,end_time_local\n" + hours("lodz") + hours("quiet"),
          """
          store_id,name,tags
          lodz,Łódź Ξένιος Чайка 中文 שלום,west
          quiet,Ostbahnhof,east
          """,
          polls());

  private static final List<String> TUESDAYS =
      List.of("2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24");

  private static final String MONTH = "/api/v1/summary.pdf?period=2026-03";

  private static TestServer server;
  private static String admin;
  private static String west;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path, new TestFleet());
    for (String file : FILES) {
      String id =
          TestServer.json(server.post("/api/v1/imports", file, "text/csv")).get("id").stringValue();
      var _ =
          Eventually.until(
              "the end of the import",
              () -> server.get("/api/v1/imports/" + id).body(),
              run -> run.contains("\"complete\""));
    }
    var _ =
        Eventually.until(
            "the outages",
            () -> TestServer.json(server.get("/api/v1/outages?store=lodz")).get("outages"),
            outages -> outages.size() == TUESDAYS.size());
    admin = server.key("admin");
    west = server.key("viewer", "west");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String hours(String store) {
    StringBuilder lines = new StringBuilder();
    for (int day = 0; day < 7; day++) {
      lines.append("%s,%d,08:00:00,20:00:00\n".formatted(store, day));
    }
    return lines.toString();
  }

  /**
   * Polls at half past each hour from 08:30 to 19:30 local time, on clocks that change on the 29th.
   */
  private static String polls() {
    StringBuilder lines = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int day = 1; day <= 31; day++) {
      int offset = day < 29 ? 1 : 2;
      for (int hour = 8; hour < 20; hour++) {
        String date = "2026-03-%02d".formatted(day);
        boolean isDown = day % 7 == 3 && day < 29 && (hour == 12 || hour == 13);
        String time = "%s %02d:30:00 UTC".formatted(date, hour - offset);
        lines.append("lodz,%s,%s\n".formatted(isDown ? "inactive" : "active", time));
        lines.append("quiet,active,%s\n".formatted(time));
      }
    }
    // Some of April, so that March is over.
    for (String store : List.of("lodz", "quiet")) {
      lines.append(store + ",active,2026-04-02 12:00:00 UTC\n");
    }
    return lines.toString();
  }

  private static byte[] pdf(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    request.headers(headers.length > 0 ? headers : new String[] {"X-API-Key", admin});
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
      return answer.body();
    }
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void tellsHowAStoreDid() throws Exception {
    String page = text(pdf(MONTH + "&store=lodz"));

    // 31 days of 12 hours, of which four times two hours were down: 364 of 372 are 97.84 %.
    assertThat(page).contains("March 2026").contains("97.84 % uptime in business hours");
    assertThat(page).contains("Open by its hours 372 h 00 min 100.00 %");
    assertThat(page).contains("Down 8 h 00 min 2.15 %");
    assertThat(page).contains("4 outages cost 8 h 00 min of open time");
    for (String tuesday : TUESDAYS) {
      String day = tuesday.substring(8).replaceFirst("^0", "");
      assertThat(page)
          .contains(
              "Tue %1$s Mar 2026 12:00 +01:00 Tue %1$s Mar 2026 14:00 +01:00 2 h 00 min"
                  .formatted(day));
    }
    assertThat(page)
        .contains("Tuesday 12:00 to 13:00 4 h 00 min")
        .contains("Tuesday 13:00 to 14:00 4 h 00 min");
    assertThat(page).contains("Sun 1 Mar 2026 00:00 +01:00 to Wed 1 Apr 2026 00:00 +02:00");
    assertThat(page).contains("How it was measured").contains("372 such polls");
    assertThat(page).contains("What is uncertain").contains("The true uptime lies between ");
    assertThat(page).contains("As of 2 Apr 2026 12:00:00 UTC. Rule nearest, revision ");
  }

  @Test
  void saysWhichLettersItsFontDoesNotHave() throws Exception {
    String page = text(pdf(MONTH + "&store=lodz"));

    assertThat(page).contains("Łódź Ξένιος Чайка [U+4E2D][U+6587] [U+05E9][U+05DC]");
    assertThat(page).contains("Letters that the font of this page does not have");
    assertThat(text(pdf(MONTH + "&store=quiet"))).doesNotContain("Letters that the font");
  }

  @Test
  void tellsHowAllStoresOrThoseWithATagDid() throws Exception {
    String all = text(pdf(MONTH));
    assertThat(all).contains("all stores").contains("Open by its hours 744 h 00 min");
    assertThat(all).contains("98.92 % uptime").contains("Stores with the least uptime");
    String east = text(pdf(MONTH + "&tag=east&store="));
    assertThat(east).contains("stores with east").contains("No outage is known");
    assertThat(east).doesNotContain("Łódź");
  }

  @Test
  void givesTheSameBytesForTheSameData() throws Exception {
    byte[] first = pdf(MONTH);
    // The dates of the library have a resolution of a second.
    Thread.sleep(1_100);
    assertThat(pdf(MONTH)).isEqualTo(first);
    assertThat(pdf(MONTH + "&tag=east")).isNotEqualTo(first);
  }

  @Test
  void isReadAloudByPrograms() throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf(MONTH + "&store=lodz"))) {
      PDDocumentCatalog catalog = document.getDocumentCatalog();
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getLanguage()).isEqualTo("en");
      assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
      assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
      assertThat(document.getDocumentInformation().getTitle()).contains("Łódź").contains("March");
      assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
          .contains("pdfuaid");
      for (COSName name : document.getPage(0).getResources().getFontNames()) {
        PDFont font = document.getPage(0).getResources().getFont(name);
        assertThat(font.isEmbedded()).as(font.getName()).isTrue();
      }
    }
  }

  @Test
  void tellsNothingOfOtherStoresToWhoMaySeeSome() throws Exception {
    String page = text(pdf(MONTH, "X-API-Key", west));

    assertThat(page).contains("Open by its hours 372 h 00 min").doesNotContain("Ostbahnhof");
    assertThat(server.get(MONTH + "&store=quiet", "X-API-Key", west).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesWhatItCannotTell() throws Exception {
    for (String wrong : List.of(MONTH + "&store=lodz&tag=west", MONTH + "&tag=nothing")) {
      assertThat(status(wrong)).as(wrong).isEqualTo(400);
    }
    assertThat(status("/api/v1/summary.pdf?period=2099-01")).isEqualTo(400);
    assertThat(status(MONTH + "&store=nobody")).isEqualTo(404);
  }

  private static int status(String path) throws Exception {
    return server.get(path, "X-API-Key", admin).statusCode();
  }
}
