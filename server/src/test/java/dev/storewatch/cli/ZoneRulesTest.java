package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.ProgramProcess;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with other rules of time zones, in processes of its own: each keeps to one table. */
@Tag("long")
final class ZoneRulesTest {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+) ");

  @TempDir private Path path;
  private Path rules;

  @BeforeEach
  void writeRules() throws IOException {
    rules = folder("2027a");
    Path polls = path.resolve("polls.csv");
    Files.writeString(polls, "store_id,status,timestamp_utc\ns1,active,2023-01-25 12:00:00 UTC\n");
    assertThat(run(Map.of(), "import", polls.toString(), "--data", data()).code()).isZero();
  }

  /** Makes a folder of a release in which Chicago has the time of Denver. */
  private Path folder(String release) throws IOException {
    Path folder = path.resolve(release);
    Files.createDirectories(folder.resolve("America"));
    Files.write(folder.resolve("UTC"), tzif(0, "UTC0"));
    Files.write(folder.resolve("America").resolve("Chicago"), tzif(-25_200, "MST7"));
    Files.writeString(folder.resolve("tzdata.zi"), "# version " + release + "\n");
    return folder;
  }

  /** Returns the file of a zone whose clocks never change. */
  private static byte[] tzif(int offset, String footer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int part = 0; part < 2; part++) {
      out.writeBytes("TZif2");
      out.write(new byte[15]);
      for (int count : new int[] {0, 0, 0, 0, 1, 4}) {
        out.writeInt(count);
      }
      out.writeInt(offset);
      out.write(new byte[2]);
      out.writeBytes("LMT\0");
    }
    out.writeBytes("\n" + footer + "\n");
    return bytes.toByteArray();
  }

  private String data() {
    return path.resolve("data").toString();
  }

  /** What a command said, and how it ended. */
  private record Said(int code, String out, String err) {}

  private Said run(Map<String, String> environment, String... arguments) throws IOException {
    ProcessBuilder process = ProgramProcess.of(List.of(), Arrays.asList(arguments));
    process.environment().putAll(environment);
    Path out = path.resolve("out");
    Path err = path.resolve("err");
    try {
      int code = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
      return new Said(code, Files.readString(out), Files.readString(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void areThoseThatTheOptionOrTheEnvironmentNames() throws IOException {
    String[] explain = {"explain", "s1", "--data", data()};
    List<String> withOption = new ArrayList<>(Arrays.asList(explain));
    withOption.addAll(List.of("--zone-rules", rules.toString()));
    String other = "by the rules of time zones 2027a\n";

    assertThat(run(Map.of(), explain).out())
        .doesNotContain(other)
        .contains("Wed 2023-01-25 06:00:00.000000 -06:00");
    Said option = run(Map.of(), withOption.toArray(String[]::new));
    assertThat(option.out()).contains(other, "Wed 2023-01-25 05:00:00.000000 -07:00");
    Said environment = run(Map.of("STOREWATCH_ZONERULES", rules.toString()), explain);
    assertThat(environment.out()).isEqualTo(option.out());
  }

  @Test
  void areToldWithTheVersion() throws IOException {
    assertThat(run(Map.of(), "--version").out()).containsPattern("time zones 20\\d\\d[a-z]+\n$");
    assertThat(run(Map.of("STOREWATCH_ZONERULES", rules.toString()), "--version").out())
        .endsWith("time zones 2027a\n");
    assertThat(run(Map.of("STOREWATCH_ZONERULES", "/not/there"), "--version").out())
        .contains("time zones (storewatch.zone-rules cannot be used");
  }

  @Test
  void areToldBesideAReportWhenTheyAreOld() throws IOException {
    Said said =
        run(Map.of(), "report", "--data", data(), "--zone-rules", folder("2019c").toString());

    assertThat(said.code()).isZero();
    assertThat(said.err())
        .contains("note: the rules of time zones in use (2019c) are older than those of the");
    assertThat(said.out()).startsWith("store_id,uptime_last_hour,").hasLineCount(2);
  }

  @Test
  void stopTheCommandWhenTheyAreNone() throws IOException {
    Said said = run(Map.of(), "report", "--data", data(), "--zone-rules", data());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .startsWith("storewatch: storewatch.zone-rules cannot be used ('" + data() + "' is not a")
        .hasLineCount(1);
  }

  @Test
  void areToldByAServerAndItsReports() throws Exception {
    Path config = path.resolve("config.yaml");
    Files.writeString(config, "storewatch.zone-rules: %s\n".formatted(rules));
    Process server =
        ProgramProcess.of(
                List.of(),
                List.of("serve", "--port", "0", "--data", data(), "--config", config.toString()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      List<String> said = new ArrayList<>();
      String url = awaitUrl(lines, said);

      assertThat(said).anyMatch(line -> line.contains("the rules of time zones are 2027a of"));
      assertThat(get(client, url + "/actuator/info")).contains("\"zone_rules\":\"2027a\"");
      assertThat(get(client, url + "/api/v1/stores/s1/timeline"))
          .contains("\"zone_rules\":\"2027a\"");
      assertThat(run(Map.of(), "report", "--data", data()).code()).isZero();
      assertThat(get(client, url + "/api/v1/reports"))
          .contains("\"zone_rules\":\"2027a\",\"zone_rules_notice\":null");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static String awaitUrl(BufferedReader lines, List<String> said) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return listening.group(1);
      }
    }
    throw new IllegalStateException("the server does not start: " + said);
  }

  private static String get(HttpClient client, String url) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
