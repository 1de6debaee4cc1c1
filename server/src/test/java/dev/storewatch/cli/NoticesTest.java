package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.TestServer;
import dev.storewatch.quality.SpoiledFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a spoiled fleet, in a folder of their own and through the server that holds it. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
@TestInstance(Lifecycle.PER_CLASS)
final class NoticesTest {
  @Parameter private boolean throughServer;
  @TempDir private static Path folder;
  private Path path = Path.of("");
  private @Nullable TestServer server;
  private String out = "";
  private String err = "";
  private String toldOfImport = "";

  /** Once, because no test changes anything. */
  @BeforeParameterizedClassInvocation
  void importAll() throws IOException {
    path = Files.createDirectory(folder.resolve(throughServer ? "server" : "alone"));
    if (throughServer) {
      server = TestServer.start(data(), new TestFleet());
    } else {
      TestFolder.prepare(data());
    }
    assertThat(
            run(
                "import",
                file("polls.csv", SpoiledFleet.POLLS),
                file("hours.csv", SpoiledFleet.HOURS),
                file("zones.csv", SpoiledFleet.ZONES)))
        .isEqualTo(3);
    assertThat(out.lines()).noneMatch(line -> line.startsWith("note:"));
    toldOfImport = err;
  }

  @AfterParameterizedClassInvocation
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Path data() {
    return path.resolve("data");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data", data().toString()));
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code =
        Storewatch.run(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            all.toArray(new String[0]));
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private List<String> lines(boolean late) {
    List<String> lines = new ArrayList<>();
    if (late) {
      lines.add("note: " + SpoiledFleet.LATE);
    }
    SpoiledFleet.NOTICES.forEach(text -> lines.add("note: " + text));
    lines.add("  see the stores with: ./storewatch quality --data " + data());
    return lines;
  }

  @Test
  void areToldOnceAfterAllFilesOfAnImport() {
    assertThat(toldOfImport.lines()).containsExactlyElementsOf(lines(false));
  }

  @Test
  void areToldBesideAReport() throws IOException {
    assertThat(run("report")).isZero();
    assertThat(out).isEqualTo(SpoiledFleet.CSV);
    assertThat(err.lines()).containsExactlyElementsOf(lines(true));

    Path file = path.resolve("report.csv");
    assertThat(run("report", "-o", file.toString())).isZero();
    assertThat(out).isEmpty();
    assertThat(err.lines()).containsExactlyElementsOf(lines(true));
    assertThat(file).hasContent(SpoiledFleet.CSV);
  }

  @Test
  void areNotToldWhereAllIsWell() {
    assertThat(run("report", "--stores", "good", "--as-of", "2026-02-02T16:00:00Z")).isZero();
    assertThat(err).isEmpty();
  }

  @Test
  void haveAListOfTheStores() {
    assertThat(run("quality")).isZero();
    assertThat(err).isEmpty();
    assertThat(out.lines())
        .hasSize(9)
        .startsWith(
            "store                     fault          since                        detail",
            "123                       never-polled                                it has business"
                + " hours and a time zone but was never polled, so no report has it");

    assertThat(run("quality", "--format", "csv")).isZero();
    assertThat(out)
        .startsWith("store_id,code,since,detail\n123,never-polled,,")
        .contains("\n123.0,polled-only,2026-02-02T15:30:00Z,it is polled but")
        .endsWith("report has it\"\n");

    assertThat(run("quality", "--format", "json")).isZero();
    assertThat(out)
        .startsWith("[\n{\"store_id\":\"123\",\"code\":\"never-polled\",\"detail\":\"it has")
        .contains("\"since\":\"2026-02-02T15:30:00Z\"")
        .endsWith("\"}\n]\n");
  }

  @Test
  void areToldInTheExplanation() {
    assertThat(run("explain", "flagged")).isZero();
    assertThat(out)
        .contains("Zone     America/Chicago\n         by the rules of time zones ")
        .contains("Hours    Mon 09:00-17:00\n         flagged: rows of");

    assertThat(run("explain", "123.0")).isZero();
    assertThat(out).contains("assumed: no zone is known").contains("assumed: no business hours");
  }
}
